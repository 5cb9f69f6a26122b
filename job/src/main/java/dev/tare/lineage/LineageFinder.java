package dev.tare.lineage;

import dev.tare.lineage.Lineage.Annotated;
import dev.tare.lineage.Lineage.Outdated;
import dev.tare.lineage.Lineage.Standing;
import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the images an image stands on, by evidence, strongest first:
 *
 * <ol>
 *   <li>its own word, confirmed by layers;
 *   <li>the materials of its provenance, confirmed by layers: a build uses many images, and only
 *       those whose layers are there are ancestors;
 *   <li>layers: the chain ID of a known image's whole stack is that of a strict prefix of its own.
 *       The longest prefix is the parent. Images with one and the same stack are ties, unless its
 *       own word, its provenance or its history says which it was;
 *   <li>its own word alone, where no ancestor is known by layers.
 * </ol>
 *
 * <p>An image with the same whole stack is a sibling, not an ancestor: layers cannot tell which of
 * them came first. It is the parent only where the image itself or its provenance says so, or where
 * its whole history is the beginning of the image's (a Dockerfile that adds nothing but, say, ENV).
 * Only images of the same platform count.
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid">Layer
 *     ChainID</a>
 */
public final class LineageFinder {
  private final ImageCatalog catalog;
  private final NamedBases bases;
  private final Freshness freshness;

  /** A finder that knows the images of this catalog and asks nobody else. */
  public LineageFinder(ImageCatalog catalog) {
    this(catalog, BaseRegistry.NONE);
  }

  /** A finder that knows the images of this catalog and asks registries for others. */
  public LineageFinder(ImageCatalog catalog, BaseRegistry registry) {
    this.catalog = catalog;
    this.bases = new NamedBases(catalog, registry);
    this.freshness = new Freshness(catalog, bases);
  }

  /** The lineage of this image. */
  public Lineage find(Subject subject) {
    BaseAnnotation said = BaseAnnotation.of(subject);
    NamedBases.Named named =
        said == null ? NamedBases.Named.NOTHING : bases.annotated(said, subject);
    TieBreaker breaker = new TieBreaker(subject, said, named.all(), bases.materials(subject));
    List<Ancestor> chain = chain(subject, breaker);
    Standing standing = said == null ? null : standing(said, subject, chain, named);
    if (said != null && chain.isEmpty() && standing == Standing.UNCONFIRMED && said.isTelling()) {
      chain.add(
          new Ancestor(
              said.reference(),
              said.digest(),
              0,
              List.of(Evidence.ANNOTATION),
              Lineage.ANNOTATION_CONFIDENCE,
              false));
    }
    int baseLayers = chain.stream().mapToInt(Ancestor::layers).max().orElse(0);
    Ancestor parent =
        chain.stream().filter(image -> image.layers() == baseLayers).findFirst().orElse(null);
    Ancestor root = chain.stream().filter(image -> image.layers() > 0).findFirst().orElse(null);
    return new Lineage(
        chain,
        root,
        parent,
        baseLayers,
        said == null || standing == null
            ? null
            : new Annotated(said.name(), said.digest(), standing),
        parent == null ? Outdated.NO_PARENT : freshness.of(parent, subject),
        HistoryBoundaries.of(subject.history()));
  }

  private List<Ancestor> chain(Subject subject, TieBreaker breaker) {
    Map<Integer, Map<Digest, KnownImage>> byLayers = new TreeMap<>();
    int own = subject.chainIds().size();
    for (KnownImage image :
        subject.ofPlatform(catalog.withChainId(subject.chainIds(), subject.digest()))) {
      if (image.chainIds().size() < own || subject.continuesHistoryOf(image)) {
        enter(byLayers, image, subject);
      }
    }
    breaker.claimed().forEach(image -> enter(byLayers, image, subject));
    List<Ancestor> chain = new ArrayList<>();
    byLayers.forEach(
        (layers, images) -> chain.addAll(breaker.ancestors(layers, List.copyOf(images.values()))));
    return chain;
  }

  /** Takes the image in where its whole stack is a prefix of the subject's. */
  private static void enter(
      Map<Integer, Map<Digest, KnownImage>> byLayers, KnownImage image, Subject subject) {
    if (subject.standsOnLayersOf(image)) {
      byLayers
          .computeIfAbsent(image.chainIds().size(), layers -> new LinkedHashMap<>())
          .putIfAbsent(image.digest(), image);
    }
  }

  private static Standing standing(
      BaseAnnotation said, Subject subject, List<Ancestor> chain, NamedBases.Named named) {
    if (chain.stream().anyMatch(ancestor -> ancestor.evidence().contains(Evidence.ANNOTATION))) {
      return Standing.CONFIRMED;
    }
    boolean contradicted =
        said.digest() != null
            && !named.byDigest().isEmpty()
            && named.byDigest().stream().noneMatch(subject::standsOnLayersOf);
    return contradicted ? Standing.CONTRADICTED : Standing.UNCONFIRMED;
  }
}
