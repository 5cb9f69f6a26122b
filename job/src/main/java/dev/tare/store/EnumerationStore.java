package dev.tare.store;

import dev.tare.finding.NotInspected;
import dev.tare.oci.ChainId;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What enumeration found, repository by repository. */
public final class EnumerationStore {
  private static final int PAGE = 500;

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
    Set<Map.Entry<String, Digest>> known = refersToKnownTags(runId, listing);
    for (Map.Entry<String, Digest> tag : listing.tags().entrySet()) {
      if (!known.contains(tag)) {
        add(runId, listing, tag.getKey(), tag.getValue());
      }
    }
    Set<Digest> seen = new HashSet<>();
    for (ListedImage image : listing.images()) {
      if (seen.add(image.digest())) {
        add(runId, image);
      }
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
            problem.stage().word(),
            problem.reason(),
            problem.kind().name())
        .update();
  }

  /** The tags that named the same in an earlier run are there already. */
  private Set<Map.Entry<String, Digest>> refersToKnownTags(
      String runId, RepositoryListing listing) {
    Map<Long, Map.Entry<String, Digest>> known = new TreeMap<>();
    jdbc.sql(
            "SELECT id, tag, digest FROM tare_tag WHERE registry = ? AND repository = ? AND every_platform = ?")
        .params(listing.registry(), listing.repository(), listing.everyPlatform())
        .query(
            (RowCallbackHandler)
                row -> {
                  String tag = row.getString("tag");
                  Digest digest = listing.tags().get(tag);
                  if (digest != null && digest.toString().equals(row.getString("digest"))) {
                    known.put(row.getLong("id"), Map.entry(tag, digest));
                  }
                });
    List<Long> ids = List.copyOf(known.keySet());
    for (int from = 0; from < ids.size(); from += PAGE) {
      jdbc.sql(
              "INSERT INTO tare_run_tag (run_id, tag_id) SELECT CAST(:run AS VARCHAR(64)), id FROM tare_tag"
                  + " WHERE id IN (:ids) ON CONFLICT DO NOTHING")
          .param("run", runId)
          .param("ids", ids.subList(from, Math.min(ids.size(), from + PAGE)))
          .update();
    }
    return Set.copyOf(known.values());
  }

  private void add(String runId, RepositoryListing listing, String tag, Digest digest) {
    List<Object> named =
        List.of(
            listing.registry(),
            listing.repository(),
            tag,
            digest.toString(),
            listing.everyPlatform());
    if (!refersToTag(runId, named)) {
      jdbc.sql(
              "INSERT INTO tare_tag (registry, repository, tag, digest, every_platform) VALUES (?, ?, ?, ?, ?)"
                  + " ON CONFLICT DO NOTHING")
          .params(named)
          .update();
      refersToTag(runId, named);
    }
  }

  private boolean refersToTag(String runId, List<Object> named) {
    return jdbc.sql(
                "INSERT INTO tare_run_tag (run_id, tag_id) SELECT CAST(? AS VARCHAR(64)), id FROM tare_tag"
                    + " WHERE registry = ? AND repository = ? AND tag = ? AND digest = ? AND every_platform = ?"
                    + " ON CONFLICT DO NOTHING")
            .param(runId)
            .params(named)
            .update()
        > 0;
  }

  /** An image that an earlier run listed alike is there already, with its layers. */
  private void add(String runId, ListedImage image) {
    String hash = PackedJson.hash(asListed(image).getBytes(StandardCharsets.UTF_8));
    if (refersToImage(runId, hash)) {
      return;
    }
    List<Digest> chain = ChainId.ofEachPrefix(image.diffIds());
    int added =
        jdbc.sql(
                "INSERT INTO tare_listed (hash, registry, repository, digest, index_digest, media_type, config_digest,"
                    + " platform, tags, sort_tag, chain_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .param(hash)
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
    if (added > 0) {
      addLayers(hash, image.layers());
    }
    refersToImage(runId, hash);
  }

  /** Equal for two that were listed alike; layers and configuration are those of the digest. */
  private static String asListed(ListedImage image) {
    return StoredJson.text(
        List.of(
            image.registry(),
            image.repository(),
            image.digest().toString(),
            String.valueOf(image.indexDigest()),
            image.mediaType(),
            image.configDigest().toString(),
            image.platform().toString(),
            image.tags()));
  }

  private boolean refersToImage(String runId, String hash) {
    return jdbc.sql(
                "INSERT INTO tare_image (run_id, listed_id, state)"
                    + " SELECT CAST(? AS VARCHAR(64)), id, 'listed' FROM tare_listed WHERE hash = ? ON CONFLICT DO NOTHING")
            .params(runId, hash)
            .update()
        > 0;
  }

  private void addLayers(String hash, List<Descriptor> layers) {
    int position = 0;
    for (Descriptor layer : layers) {
      jdbc.sql(
              "INSERT INTO tare_listed_layer (listed_id, position, digest, media_type, size_bytes)"
                  + " SELECT id, CAST(? AS INTEGER), CAST(? AS VARCHAR(136)), CAST(? AS VARCHAR(255)), CAST(? AS BIGINT)"
                  + " FROM tare_listed WHERE hash = ?")
          .params(position++, layer.digest().toString(), layer.mediaType(), layer.sizeBytes(), hash)
          .update();
    }
  }
}
