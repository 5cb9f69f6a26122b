package dev.tare.oci;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Media types of manifests, configs and layers, and what they say. */
public final class MediaTypes {
  /** OCI image manifest. */
  public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  /** OCI image index. */
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

  /** OCI image config. */
  public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";

  /** OCI layer, gzip. */
  public static final String OCI_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";

  /** OCI layer, zstd. */
  public static final String OCI_LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";

  /** OCI layer, uncompressed. */
  public static final String OCI_LAYER_TAR = "application/vnd.oci.image.layer.v1.tar";

  /** Docker image manifest, version 2 schema 2. */
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";

  /** Docker manifest list. */
  public static final String DOCKER_MANIFEST_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";

  /** Docker image config. */
  public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";

  /** Docker layer, gzip. */
  public static final String DOCKER_LAYER_GZIP =
      "application/vnd.docker.image.rootfs.diff.tar.gzip";

  /** RFC 6838: 127 characters on either side of the slash. */
  private static final int LONGEST = 255;

  private MediaTypes() {}

  /** Whether it can be one at all, whatever it names. */
  public static boolean isOne(String text) {
    return text.length() <= LONGEST && isPrintable(text);
  }

  /** Whether it is ASCII without control characters. */
  static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /** Whether it names a manifest of one image. */
  public static boolean isManifest(String mediaType) {
    return mediaType.equals(OCI_MANIFEST) || mediaType.equals(DOCKER_MANIFEST);
  }

  /** Whether it names an index of several manifests. */
  public static boolean isIndex(String mediaType) {
    return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_MANIFEST_LIST);
  }

  /**
   * Whether it names the config of a container image, as opposed to a chart, a signature or another
   * artifact.
   */
  public static boolean isImageConfig(String mediaType) {
    return mediaType.equals(OCI_CONFIG) || mediaType.equals(DOCKER_CONFIG);
  }

  /** Whether it names a layer that holds a file system change. */
  public static boolean isLayer(String mediaType) {
    return mediaType.startsWith("application/vnd.oci.image.layer.")
        || mediaType.startsWith("application/vnd.docker.image.rootfs.");
  }

  /**
   * How a layer of this media type says that it is compressed: {@code gzip}, {@code zstd} or {@code
   * none}; null where it says nothing that is known.
   */
  public static @Nullable String compression(String mediaType) {
    int form = mediaType.lastIndexOf(".tar");
    return !isLayer(mediaType) || form < 0
        ? null
        : switch (mediaType.substring(form + ".tar".length())) {
          case "" -> "none";
          case "+gzip", ".gzip" -> "gzip";
          case "+zstd", ".zstd" -> "zstd";
          default -> null;
        };
  }

  /** Whether it names a layer that is not distributed with the image (Windows base layers). */
  public static boolean isForeignLayer(String mediaType) {
    String lower = mediaType.toLowerCase(Locale.ROOT);
    return lower.contains("nondistributable") || lower.contains("foreign");
  }
}
