package dev.tare.lineage;

import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images by what others call them: known here, or asked for in the registry that the name names.
 */
final class NamedBases {
  private static final Logger LOG = LoggerFactory.getLogger(NamedBases.class);

  /** Of a build's materials, more than any Dockerfile has FROM lines. */
  private static final int MAX_MATERIALS = 32;

  private final ImageCatalog catalog;
  private final BaseRegistry registry;

  NamedBases(ImageCatalog catalog, BaseRegistry registry) {
    this.catalog = catalog;
    this.registry = registry;
  }

  /**
   * What an annotation may mean.
   *
   * @param byDigest the images with its digest
   * @param byName where there are none, the images its name stands for now
   */
  record Named(List<KnownImage> byDigest, List<KnownImage> byName) {
    static final Named NOTHING = new Named(List.of(), List.of());

    List<KnownImage> all() {
      return Stream.concat(byDigest.stream(), byName.stream()).toList();
    }
  }

  /** The images for the subject's platform that its own word may mean. */
  Named annotated(BaseAnnotation said, Subject subject) {
    String name = said.isTelling() ? said.name() : null;
    Digest digest = said.digest();
    List<KnownImage> byDigest = List.of();
    if (digest != null) {
      byDigest =
          subject.ofPlatform(
              name == null ? catalog.withDigest(digest) : imagesOrNone(name, digest));
    }
    if (!byDigest.isEmpty() || name == null) {
      return new Named(byDigest, List.of());
    }
    try {
      return new Named(List.of(), subject.ofPlatform(images(name, currentDigest(name))));
    } catch (TareException e) {
      unanswered(name, e);
      return Named.NOTHING;
    }
  }

  /** The images for the subject's platform that its provenance names and whose layers it has. */
  List<KnownImage> materials(Subject subject) {
    List<KnownImage> found = new ArrayList<>();
    subject.materials().stream()
        .filter(material -> material.digest() != null && material.imageName() != null)
        .limit(MAX_MATERIALS)
        .forEach(material -> {
          String name = material.imageName();
          Digest digest = material.digest();
          if (name != null && digest != null) {
            subject.ofPlatform(imagesOrNone(name, digest)).stream()
                .filter(subject::standsOnLayersOf)
                .forEach(found::add);
          }
        });
    return found;
  }

  /** What the name stands for now; throws TareException where that cannot be told. */
  Digest currentDigest(String name) {
    String full = ImageName.normalise(name);
    return catalog.currentDigest(full).orElseGet(() -> registry.currentDigest(full));
  }

  /** The images with this digest; throws TareException where they cannot be found. */
  List<KnownImage> images(String name, Digest digest) {
    List<KnownImage> known = catalog.withDigest(digest);
    return known.isEmpty() ? registry.images(ImageName.normalise(name), digest) : known;
  }

  private List<KnownImage> imagesOrNone(String name, Digest digest) {
    try {
      return images(name, digest);
    } catch (TareException e) {
      unanswered(name, e);
      return List.of();
    }
  }

  /** The evidence that an answer would have given is missing; the rest stands. */
  private static void unanswered(String name, TareException e) {
    LOG.atDebug()
        .addKeyValue("base", name)
        .addKeyValue("cause", e.getMessage())
        .log("base cannot be looked up");
  }
}
