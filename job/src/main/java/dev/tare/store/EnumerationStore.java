package dev.tare.store;

import dev.tare.finding.NotInspected;
import dev.tare.oci.ChainId;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What enumeration found, repository by repository. */
public final class EnumerationStore {
  private final JdbcClient jdbc;
  private final SightingStore sightings;

  /** Over this database. */
  public EnumerationStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.sightings = new SightingStore(jdbc);
  }

  /** Whether this repository has been listed in this run. */
  public boolean isListed(String runId, String registry, String repository) {
    return jdbc.sql(
                "SELECT COUNT(*) FROM tare_repository WHERE run_id = ? AND registry = ? AND repository = ?")
            .params(runId, registry, repository)
            .query(Integer.class)
            .single()
        > 0;
  }

  /** Records a repository with all that was found in it. */
  public void add(String runId, RepositoryListing listing) {
    if (listing.found()) {
      jdbc.sql(
              "INSERT INTO tare_repository (run_id, registry, repository) VALUES (?, ?, ?)"
                  + " ON CONFLICT DO NOTHING")
          .params(runId, listing.registry(), listing.repository())
          .update();
    }
    for (Map.Entry<String, Digest> tag : listing.tags().entrySet()) {
      jdbc.sql(
              "INSERT INTO tare_tag (run_id, registry, repository, tag, digest, every_platform)"
                  + " VALUES (?, ?, ?, ?, ?, ?)"
                  + " ON CONFLICT DO NOTHING")
          .params(
              runId,
              listing.registry(),
              listing.repository(),
              tag.getKey(),
              tag.getValue().toString(),
              listing.everyPlatform())
          .update();
    }
    for (ListedImage image : listing.images()) {
      add(runId, image);
    }
    for (Digest digest : listing.attached()) {
      jdbc.sql(
              "INSERT INTO tare_attached (run_id, registry, repository, digest) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT DO NOTHING")
          .params(runId, listing.registry(), listing.repository(), digest.toString())
          .update();
    }
    for (NotInspected problem : listing.notInspected()) {
      addNotInspected(runId, problem);
    }
    sightings.add(runId, listing);
  }

  /** Records something that could not be judged. */
  public void addNotInspected(String runId, NotInspected problem) {
    String digest = problem.digest();
    jdbc.sql(
            "INSERT INTO tare_not_inspected (run_id, reference, digest, stage, reason, failure) VALUES (?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING")
        .params(
            runId,
            problem.reference(),
            digest == null ? "" : digest,
            problem.stage(),
            problem.reason(),
            problem.kind().name())
        .update();
  }

  private void add(String runId, ListedImage image) {
    List<Digest> chain = ChainId.ofEachPrefix(image.diffIds());
    int added =
        jdbc.sql(
                "INSERT INTO tare_image (run_id, registry, repository, digest, index_digest, media_type, config_digest,"
                    + " platform, tags, sort_tag, chain_id, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'listed')"
                    + " ON CONFLICT DO NOTHING")
            .param(runId)
            .param(image.registry())
            .param(image.repository())
            .param(image.digest().toString())
            .param(image.indexDigest() == null ? null : image.indexDigest().toString())
            .param(image.mediaType())
            .param(image.configDigest().toString())
            .param(image.platform().toString())
            .param(StoredJson.text(image.tags()))
            .param(image.tags().isEmpty() ? "" : image.tags().getFirst())
            .param(chain.isEmpty() ? null : chain.getLast().toString())
            .update();
    if (added == 0) {
      return;
    }
    long id =
        jdbc.sql(
                "SELECT id FROM tare_image WHERE run_id = ? AND registry = ? AND repository = ? AND digest = ?")
            .params(runId, image.registry(), image.repository(), image.digest().toString())
            .query(Long.class)
            .single();
    int position = 0;
    for (Descriptor layer : image.layers()) {
      jdbc.sql(
              "INSERT INTO tare_image_layer (run_id, image_id, position, layer_digest) VALUES (?, ?, ?, ?)")
          .params(runId, id, position++, layer.digest().toString())
          .update();
      jdbc.sql(
              "INSERT INTO tare_layer (run_id, digest, registry, repository, media_type, size_bytes, state)"
                  + " VALUES (?, ?, ?, ?, ?, ?, 'pending') ON CONFLICT DO NOTHING")
          .params(
              runId,
              layer.digest().toString(),
              image.registry(),
              image.repository(),
              layer.mediaType(),
              layer.sizeBytes())
          .update();
    }
  }
}
