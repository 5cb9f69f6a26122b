package dev.tare.store;

import dev.tare.lineage.ImageCatalog;
import dev.tare.lineage.KnownImage;
import dev.tare.oci.ChainId;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.WrittenName;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The images of this run and of earlier ones, as possible ancestors. */
public final class StoredCatalog implements ImageCatalog {
  private static final String SELECT =
      "SELECT id, chain_id, registry, repository, digest, index_digest, media_type, config_digest,"
          + " platform, tags, (SELECT COALESCE(MAX(i.id), 0) FROM tare_image i WHERE i.listed_id ="
          + " n.id) AS seen FROM tare_listed n WHERE ";

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

  /**
   * The same catalog for those who look for the ancestors of several images, one after the other:
   * the images of these chain IDs are asked for at once, and what else is asked for, once. Not safe
   * for concurrent use, and meant for a short time.
   */
  public ImageCatalog asking(Collection<Digest> chainIds) {
    return new Asking(Set.copyOf(chainIds));
  }

  @Override
  public List<KnownImage> withChainId(Collection<Digest> chainIds, Digest asking) {
    return known(imagesWith(Set.copyOf(chainIds), stacked(chainIds), asking), this::config);
  }

  @Override
  public List<KnownImage> withDigest(Digest digest) {
    return known(named(digest), this::config);
  }

  /** An image with the chain ID of its whole stack. */
  private record Stacked(Digest chainId, StoredImage image) {}

  private List<Stacked> stacked(Collection<Digest> chainIds) {
    if (chainIds.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(SELECT + "chain_id IN (:chains)" + LATEST_FIRST)
        .param("chains", chainIds.stream().map(Digest::toString).toList())
        .query((row, number) ->
            new Stacked(Digest.parse(row.getString("chain_id")), ImageStore.image(row)))
        .list();
  }

  private static List<StoredImage> imagesWith(
      Set<Digest> chainIds, List<Stacked> all, Digest asking) {
    return all.stream()
        .filter(one -> chainIds.contains(one.chainId()) && !one.image().digest().equals(asking))
        .map(Stacked::image)
        .toList();
  }

  private List<StoredImage> named(Digest digest) {
    return jdbc.sql(SELECT + "(digest = :digest OR index_digest = :digest)" + LATEST_FIRST)
        .param("digest", digest.toString())
        .query((row, number) -> ImageStore.image(row))
        .list();
  }

  private Optional<ImageConfig> config(Digest digest) {
    return documents.find(digest).map(document -> ImageConfig.parse(document.content()));
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
  private static List<KnownImage> known(
      List<StoredImage> rows, Function<Digest, Optional<ImageConfig>> configs) {
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
        configs
            .apply(image.configDigest())
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

  /** Remembers what it was asked. */
  private final class Asking implements ImageCatalog {
    private final Set<Digest> chainIds;
    private final List<Stacked> stacked;
    private final Map<Digest, List<StoredImage>> named = new HashMap<>();
    private final Map<String, Optional<Digest>> current = new HashMap<>();

    /** As long as there is room for them: a config may be large. */
    private final Map<Digest, SoftReference<ImageConfig>> configs = new HashMap<>();

    Asking(Set<Digest> chainIds) {
      this.chainIds = chainIds;
      this.stacked = StoredCatalog.this.stacked(chainIds);
    }

    @Override
    public List<KnownImage> withChainId(Collection<Digest> wanted, Digest asking) {
      List<Stacked> all =
          chainIds.containsAll(wanted) ? stacked : StoredCatalog.this.stacked(wanted);
      return known(imagesWith(Set.copyOf(wanted), all, asking), this::config);
    }

    @Override
    public List<KnownImage> withDigest(Digest digest) {
      return known(named.computeIfAbsent(digest, StoredCatalog.this::named), this::config);
    }

    @Override
    public Optional<Digest> currentDigest(String reference) {
      return current.computeIfAbsent(reference, StoredCatalog.this::currentDigest);
    }

    private Optional<ImageConfig> config(Digest digest) {
      SoftReference<ImageConfig> kept = configs.get(digest);
      ImageConfig known = kept == null ? null : kept.get();
      if (known != null) {
        return Optional.of(known);
      }
      Optional<ImageConfig> read = StoredCatalog.this.config(digest);
      read.ifPresent(config -> configs.put(digest, new SoftReference<>(config)));
      return read;
    }
  }
}
