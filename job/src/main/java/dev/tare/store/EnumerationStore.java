package dev.tare.store;

import dev.tare.finding.NotInspected;
import dev.tare.oci.ChainId;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.store.packed.StoredJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What enumeration found, repository by repository. */
public final class EnumerationStore {
  private static final int PAGE = 500;
  private static final int IMAGES_A_PAGE = 100;

  private final JdbcClient jdbc;
  private final SightingStore sightings;

  /** Over this database. */
  public EnumerationStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.sightings = new SightingStore(jdbc);
  }

  /** The repositories that have been listed in this run, {@code registry/repository}. */
  public Set<String> repositories(String runId) {
    return new HashSet<>(
        jdbc.sql("SELECT registry, repository FROM tare_repository WHERE run_id = ?")
            .param(runId)
            .query((row, number) -> row.getString("registry") + "/" + row.getString("repository"))
            .list());
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
    addImages(runId, listing.images());
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

  /** Those that an earlier run listed alike are there already, with their layers. */
  private void addImages(String runId, List<ListedImage> images) {
    Map<Digest, ListedImage> once = new LinkedHashMap<>();
    images.forEach(image -> once.putIfAbsent(image.digest(), image));
    List<ListedImage> all = List.copyOf(once.values());
    for (int from = 0; from < all.size(); from += IMAGES_A_PAGE) {
      addPage(runId, all.subList(from, Math.min(all.size(), from + IMAGES_A_PAGE)));
    }
  }

  private void addPage(String runId, List<ListedImage> images) {
    Map<String, ListedImage> byHash = new LinkedHashMap<>();
    images.forEach(image ->
        byHash.put(PackedJson.hash(asListed(image).getBytes(StandardCharsets.UTF_8)), image));
    Map<String, Long> known = listed(byHash.keySet());
    if (known.size() < byHash.size()) {
      byHash.forEach((hash, image) -> {
        if (!known.containsKey(hash)) {
          add(hash, image);
        }
      });
      known.putAll(listed(byHash.keySet()));
    }
    List<Object> rows = new ArrayList<>();
    for (String hash : byHash.keySet()) {
      rows.add(runId);
      rows.add(Objects.requireNonNull(known.get(hash)));
    }
    // Their numbers are in the order of the listing.
    jdbc.sql(
            "INSERT INTO tare_image (run_id, listed_id, state) VALUES "
                + String.join(", ", Collections.nCopies(byHash.size(), "(?, ?, 'listed')"))
                + " ON CONFLICT DO NOTHING")
        .params(rows)
        .update();
  }

  /** By hash: the numbers of images that are there. */
  private Map<String, Long> listed(Collection<String> hashes) {
    Map<String, Long> ids = new HashMap<>();
    jdbc.sql("SELECT hash, id FROM tare_listed WHERE hash IN (:hashes)")
        .param("hashes", hashes)
        .query((row, number) -> ids.put(row.getString("hash"), row.getLong("id")))
        .list();
    return ids;
  }

  private void add(String hash, ListedImage image) {
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
