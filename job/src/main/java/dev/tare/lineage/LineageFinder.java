package dev.tare.lineage;

import dev.tare.lineage.Lineage.Annotated;
import dev.tare.lineage.Lineage.Outdated;
import dev.tare.lineage.Lineage.Standing;
import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the images an image stands on, by evidence, strongest first:
 *
 * <ol>
 *   <li>its own word, confirmed by layers;
 *   <li>layers: the chain ID of a known image's whole stack is that of a strict prefix of its own.
 *       The longest prefix is the parent. Images with one and the same stack are ties, unless the
 *       image's own word says which it was;
 *   <li>its own word alone, where no ancestor is known by layers.
 * </ol>
 *
 * <p>An image with the same whole stack is a sibling, not an ancestor: layers cannot tell which of
 * them came first. It is the parent only where the image itself says so (a Dockerfile that adds
 * nothing but, say, ENV). Only images of the same platform count.
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid">Layer
 *     ChainID</a>
 */
public final class LineageFinder {
  private static final String ANNOTATION = "annotation";
  private static final String LAYERS = "layers";

  private final ImageCatalog catalog;

  /** A finder that knows the images of this catalog. */
  public LineageFinder(ImageCatalog catalog) {
    this.catalog = catalog;
  }

  /** The lineage of this image. */
  public Lineage find(Subject subject) {
    BaseAnnotation said = BaseAnnotation.of(subject);
    List<KnownImage> named = said == null ? List.of() : named(said, subject);
    List<Ancestor> chain = chainByLayers(subject, said, named);
    Standing standing = said == null ? null : standing(said, subject, chain, named);
    if (said != null && chain.isEmpty() && standing == Standing.UNCONFIRMED && said.isTelling()) {
      chain.add(
          new Ancestor(
              said.reference(),
              said.digest(),
              0,
              List.of(ANNOTATION),
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
        parent == null ? Outdated.NO_PARENT : outdated(parent, subject),
        HistoryBoundaries.of(subject.history()));
  }

  /** The known images that the annotation may mean: by digest, else by what its name means now. */
  private List<KnownImage> named(BaseAnnotation said, Subject subject) {
    Digest digest = said.digest();
    if (digest == null && said.name() != null) {
      digest = current(said.name());
    }
    return digest == null ? List.of() : ofPlatform(catalog.withDigest(digest), subject);
  }

  private List<Ancestor> chainByLayers(
      Subject subject, @Nullable BaseAnnotation said, List<KnownImage> named) {
    Map<Integer, Map<Digest, KnownImage>> byLayers = new TreeMap<>();
    int own = subject.chainIds().size();
    if (own > 1) {
      List<Digest> prefixes = subject.chainIds().subList(0, own - 1);
      for (KnownImage image : ofPlatform(catalog.withChainId(prefixes), subject)) {
        if (image.chainIds().size() < own) {
          enter(byLayers, image, subject);
        }
      }
    }
    for (KnownImage image : named) {
      enter(byLayers, image, subject);
    }
    List<Ancestor> chain = new ArrayList<>();
    byLayers.forEach(
        (layers, images) -> chain.addAll(ties(layers, List.copyOf(images.values()), said, named)));
    return chain;
  }

  /** Takes the image in where its whole stack is a prefix of the subject's. */
  private static void enter(
      Map<Integer, Map<Digest, KnownImage>> byLayers, KnownImage image, Subject subject) {
    if (isPrefix(image, subject)) {
      byLayers
          .computeIfAbsent(image.chainIds().size(), layers -> new LinkedHashMap<>())
          .putIfAbsent(image.digest(), image);
    }
  }

  private static boolean isPrefix(KnownImage image, Subject subject) {
    int layers = image.chainIds().size();
    return layers > 0
        && layers <= subject.chainIds().size()
        && image.chainIds().getLast().equals(subject.chainIds().get(layers - 1))
        && !image.digest().equals(subject.digest());
  }

  /** All images of one stack, or only the one that the subject names. */
  private static List<Ancestor> ties(
      int layers, List<KnownImage> images, @Nullable BaseAnnotation said, List<KnownImage> named) {
    List<Ancestor> chosen =
        images.stream()
            .filter(image -> said != null && isMeant(image, said, named))
            .map(image -> ancestor(image, layers, List.of(ANNOTATION, LAYERS), said, false))
            .toList();
    if (chosen.size() == 1) {
      return chosen;
    }
    List<String> evidence = chosen.isEmpty() ? List.of(LAYERS) : List.of(ANNOTATION, LAYERS);
    return images.stream()
        .filter(image -> chosen.isEmpty() || (said != null && isMeant(image, said, named)))
        .map(image -> ancestor(image, layers, evidence, null, images.size() > 1))
        .sorted(
            Comparator.comparing(Ancestor::reference)
                .thenComparing(ancestor -> String.valueOf(ancestor.digest())))
        .toList();
  }

  /** By digest where the annotation has one that is known, else by name. */
  private static boolean isMeant(KnownImage image, BaseAnnotation said, List<KnownImage> named) {
    boolean byDigest = named.stream().anyMatch(other -> other.digest().equals(image.digest()));
    return byDigest || (said.names(image) && (said.digest() == null || named.isEmpty()));
  }

  private static Ancestor ancestor(
      KnownImage image,
      int layers,
      List<String> evidence,
      @Nullable BaseAnnotation said,
      boolean tie) {
    String reference =
        said != null && said.name() != null
            ? said.name()
            : image.references().stream().findFirst().orElse(image.digest().toString());
    return new Ancestor(
        reference, image.digest(), layers, evidence, Lineage.LAYERS_CONFIDENCE, tie);
  }

  private static Standing standing(
      BaseAnnotation said, Subject subject, List<Ancestor> chain, List<KnownImage> named) {
    if (chain.stream().anyMatch(ancestor -> ancestor.evidence().contains(ANNOTATION))) {
      return Standing.CONFIRMED;
    }
    boolean contradicted =
        said.digest() != null
            && !named.isEmpty()
            && named.stream().noneMatch(image -> isPrefix(image, subject));
    return contradicted ? Standing.CONTRADICTED : Standing.UNCONFIRMED;
  }

  private Outdated outdated(Ancestor parent, Subject subject) {
    Digest digest = parent.digest();
    if (parent.tie()) {
      return Outdated.unknown("several known images fit equally well as the parent");
    }
    if (digest == null || parent.layers() == 0) {
      return Outdated.unknown("the parent " + parent.reference() + " is known by name only");
    }
    if (ImageName.isByDigestOnly(parent.reference())) {
      return Outdated.unknown("the parent " + parent.reference() + " has no tag");
    }
    Digest named = current(parent.reference());
    if (named == null) {
      return Outdated.unknown("what " + parent.reference() + " names now was not looked up");
    }
    List<KnownImage> current = ofPlatform(catalog.withDigest(named), subject);
    if (named.equals(digest) || current.stream().anyMatch(image -> image.digest().equals(digest))) {
      return Outdated.current(digest, 0);
    }
    if (current.size() != 1) {
      return Outdated.unknown(
          "which image of "
              + parent.reference()
              + " is for this platform now is not known: "
              + current.size()
              + " fit");
    }
    return Outdated.current(current.getFirst().digest(), lagDays(digest, current.getFirst()));
  }

  private @Nullable Integer lagDays(Digest parent, KnownImage current) {
    return catalog.withDigest(parent).stream()
        .filter(image -> image.digest().equals(parent))
        .findFirst()
        .map(KnownImage::created)
        .map(then ->
            current.created() == null
                ? null
                : Math.toIntExact(Duration.between(then, current.created()).toDays()))
        .orElse(null);
  }

  /** What a name stands for now: asked as written, then in its full form. */
  private @Nullable Digest current(String name) {
    return catalog
        .currentDigest(name)
        .or(() -> catalog.currentDigest(ImageName.normalise(name)))
        .orElse(null);
  }

  private static List<KnownImage> ofPlatform(List<KnownImage> images, Subject subject) {
    Platform wanted = subject.platform();
    return images.stream()
        .filter(image -> wanted == null || isSame(wanted, image.platform()))
        .toList();
  }

  /** A variant that one of them does not name decides nothing. */
  private static boolean isSame(Platform one, Platform other) {
    return one.accepts(other) || other.accepts(one);
  }
}
