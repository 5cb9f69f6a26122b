package dev.tare.store;

import dev.tare.oci.Digest;
import dev.tare.store.packed.StoredJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tags named before. */
public final class EarlierBuilds {
  private static final int PAGE = 500;

  /** What a tag named before, and what that weighed. */
  public record Build(Digest digest, long compressedBytes) {}

  private final JdbcClient jdbc;

  /** Over this database. */
  public EarlierBuilds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * By image: what one of its tags named when a finished run last saw it name something else, for
   * the same platform. Runs that judged the facts of others again have seen nothing. Images of
   * which no tag is known to have named anything else are left out.
   *
   * @param runId of the run that has these images
   */
  public Map<Long, Build> of(String runId, Collection<StoredImage> images) {
    Map<Long, List<Listed>> candidates = new HashMap<>();
    byPlace(images)
        .forEach((place, there) -> {
          for (Listed earlier : listed(place)) {
            for (StoredImage image : there) {
              if (earlier.mayPrecede(image)) {
                candidates.computeIfAbsent(image.id(), id -> new ArrayList<>()).add(earlier);
              }
            }
          }
        });
    Map<Long, Seen> seen =
        seenLast(
            runId,
            candidates.values().stream()
                .flatMap(List::stream)
                .map(Listed::id)
                .distinct()
                .sorted()
                .toList());
    Map<Long, Build> builds = new HashMap<>();
    candidates.forEach((image, earlier) ->
        earlier.stream()
            .filter(listed -> seen.containsKey(listed.id()))
            .min(
                Comparator.comparing(
                    listed -> Objects.requireNonNull(seen.get(listed.id())), Seen.LATEST_FIRST))
            .ifPresent(listed ->
                builds.put(
                    image,
                    new Build(
                        Digest.parse(listed.digest()),
                        Objects.requireNonNull(seen.get(listed.id())).compressedBytes()))));
    return builds;
  }

  /** A repository. */
  private record Place(String registry, String repository) {}

  /** Without images that have no tag: these have no earlier build. */
  private static Map<Place, List<StoredImage>> byPlace(Collection<StoredImage> images) {
    Map<Place, List<StoredImage>> places = new LinkedHashMap<>();
    for (StoredImage image : images) {
      if (!image.tags().isEmpty()) {
        places
            .computeIfAbsent(
                new Place(image.registry(), image.repository()), place -> new ArrayList<>())
            .add(image);
      }
    }
    return places;
  }

  /** An image as some run has listed it. */
  private record Listed(long id, String digest, String platform, List<String> tags) {
    boolean mayPrecede(StoredImage image) {
      return !digest.equals(image.digest().toString())
          && platform.equals(image.platform().toString())
          && !Collections.disjoint(tags, image.tags());
    }
  }

  private List<Listed> listed(Place place) {
    return jdbc.sql(
            "SELECT id, digest, platform, tags FROM tare_listed WHERE registry = ? AND repository ="
                + " ? AND sort_tag <> ''")
        .params(place.registry(), place.repository())
        .query((row, number) ->
            new Listed(
                row.getLong("id"),
                row.getString("digest"),
                row.getString("platform"),
                StoredJson.list(row.getString("tags"), String.class)))
        .list();
  }

  /** When a finished run last had a listed image, and what that weighed. */
  private record Seen(Instant startedAt, long imageId, long compressedBytes) {
    static final Comparator<Seen> LATEST_FIRST =
        Comparator.comparing(Seen::startedAt).reversed().thenComparingLong(Seen::imageId);
  }

  /** By listed image. */
  private Map<Long, Seen> seenLast(String runId, List<Long> listed) {
    Map<Long, Seen> seen = new HashMap<>();
    for (int from = 0; from < listed.size(); from += PAGE) {
      jdbc.sql(
              "SELECT i.listed_id, i.id, i.compressed_bytes, r.started_at FROM tare_image i JOIN"
                  + " tare_run r ON r.id = i.run_id WHERE i.listed_id IN (:listed) AND i.run_id <>"
                  + " :run AND r.status = 'finished' AND r.source_run IS NULL AND"
                  + " i.compressed_bytes IS NOT NULL")
          .param("listed", listed.subList(from, Math.min(listed.size(), from + PAGE)))
          .param("run", runId)
          .query(
              (RowCallbackHandler)
                  row ->
                      seen.merge(
                          row.getLong("listed_id"),
                          new Seen(
                              row.getObject("started_at", OffsetDateTime.class).toInstant(),
                              row.getLong("id"),
                              row.getLong("compressed_bytes")),
                          (one, other) ->
                              Seen.LATEST_FIRST.compare(one, other) <= 0 ? one : other));
    }
    return seen;
  }
}
