package dev.tare.lineage;

import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image says its base is. Manifest annotations are believed before labels, because a child
 * inherits its parent's labels.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/annotations.md">Annotations,
 *     org.opencontainers.image.base.name and .digest</a>
 */
record BaseAnnotation(@Nullable String name, @Nullable Digest digest) {
  private static final String NAME = "org.opencontainers.image.base.name";
  private static final String DIGEST = "org.opencontainers.image.base.digest";

  /** Null where the image says nothing. */
  static @Nullable BaseAnnotation of(Subject subject) {
    BaseAnnotation annotation = of(subject.annotations());
    return annotation == null ? of(subject.labels()) : annotation;
  }

  private static @Nullable BaseAnnotation of(Map<String, String> map) {
    String name = map.get(NAME);
    if (name != null && name.isBlank()) {
      name = null;
    }
    Digest digest = digest(map.get(DIGEST));
    return name == null && digest == null ? null : new BaseAnnotation(name, digest);
  }

  private static @Nullable Digest digest(@Nullable String text) {
    try {
      return text == null || text.isBlank() ? null : Digest.parse(text);
    } catch (TareException e) {
      return null; // Anybody can write anything there; what is no digest says nothing.
    }
  }

  /** What to call the image: its name where there is one. */
  String reference() {
    return name == null ? String.valueOf(digest) : name;
  }

  /**
   * Whether it says enough to be believed where the named image is not known. A digest without a
   * name does not: buildah writes an empty name and the digest of whatever lay in its cache on
   * images built from scratch.
   */
  boolean isTelling() {
    return name != null && !"scratch".equals(name);
  }

  /** Whether the image goes by the annotated name. */
  boolean names(KnownImage image) {
    String wanted = name;
    return wanted != null
        && image.references().stream()
            .anyMatch(
                reference -> ImageName.normalise(reference).equals(ImageName.normalise(wanted)));
  }
}
