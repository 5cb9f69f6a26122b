package dev.tare.store;

import dev.tare.lineage.ImageCatalog;
import dev.tare.lineage.KnownImage;
import dev.tare.oci.ChainId;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.WrittenName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The images of this run and of earlier ones, as possible ancestors. */
public final class StoredCatalog implements ImageCatalog {
  private static final String SELECT =
      "SELECT id, registry, repository, digest, index_digest, media_type, config_digest, platform, tags,"
          + " (SELECT COALESCE(MAX(i.id), 0) FROM tare_image i WHERE i.listed_id = n.id) AS seen FROM tare_listed n WHERE ";

  private static final String LATEST_FIRST = " ORDER BY seen DESC, id DESC";

  private final JdbcClient jdbc;
  private final DocumentStore documents;
  private final String runId;

  /** What is known as of this run. */
  public StoredCatalog(JdbcClient jdbc, String runId) {
    this.jdbc = jdbc;
    this.documents = new DocumentStore(jdbc);
    this.runId = runId;
  }

  @Override
  public List<KnownImage> withChainId(Collection<Digest> chainIds) {
    if (chainIds.isEmpty()) {
      return List.of();
    }
    return known(
        jdbc.sql(SELECT + "chain_id IN (:chains)" + LATEST_FIRST)
            .param("chains", chainIds.stream().map(Digest::toString).toList())
            .query((row, number) -> ImageStore.image(row))
            .list());
  }

  @Override
  public List<KnownImage> withDigest(Digest digest) {
    return known(
        jdbc.sql(SELECT + "(digest = :digest OR index_digest = :digest)" + LATEST_FIRST)
            .param("digest", digest.toString())
            .query((row, number) -> ImageStore.image(row))
            .list());
  }

  @Override
  public Optional<Digest> currentDigest(String reference) {
    WrittenName name = WrittenName.full(reference);
    if (name.registry() == null || name.tag() == null) {
      return Optional.empty();
    }
    return jdbc.sql(
            "SELECT digest FROM tare_run_tag r JOIN tare_tag t ON t.id = r.tag_id"
                + " WHERE run_id = ? AND registry = ? AND repository = ? AND tag = ?")
        .params(runId, name.registry(), name.path(), name.tag())
        .query(String.class)
        .optional()
        .map(Digest::parse);
  }

  /** One known image a manifest digest, with every name it has had, the most recent first. */
  private List<KnownImage> known(List<StoredImage> rows) {
    Map<Digest, Set<String>> names = new LinkedHashMap<>();
    Map<Digest, StoredImage> images = new LinkedHashMap<>();
    for (StoredImage image : rows) {
      images.putIfAbsent(image.digest(), image);
      Set<String> references = names.computeIfAbsent(image.digest(), d -> new LinkedHashSet<>());
      for (String tag : image.tags()) {
        references.add(image.registry() + "/" + image.repository() + ":" + tag);
      }
      if (image.tags().isEmpty()) {
        references.add(image.reference());
      }
    }
    List<KnownImage> known = new ArrayList<>();
    images.forEach((digest, image) ->
        documents
            .find(image.configDigest())
            .map(document -> ImageConfig.parse(document.content()))
            .ifPresent(config ->
                known.add(
                    new KnownImage(
                        List.copyOf(names.getOrDefault(digest, Set.of())),
                        digest,
                        image.platform(),
                        ChainId.ofEachPrefix(config.diffIds()),
                        config.created(),
                        config.history()))));
    return known;
  }
}
