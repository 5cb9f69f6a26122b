package dev.tare.oci;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An index (or Docker manifest list): manifests of one image for several platforms, and what is
 * attached to them.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">Image
 *     index</a>
 */
public record ImageIndex(
    String mediaType, List<Descriptor> manifests, Map<String, String> annotations) {
  /** Annotation that BuildKit gives the entry of an attestation manifest. */
  private static final String REFERENCE_TYPE = "vnd.docker.reference.type";

  /** Copies the collections. */
  public ImageIndex {
    manifests = List.copyOf(manifests);
    annotations = Map.copyOf(annotations);
  }

  /**
   * Parses an OCI index or Docker manifest list; {@code mediaType} is used where the document does
   * not say it itself.
   */
  public static ImageIndex parse(byte[] content, String mediaType) {
    JsonNode root = OciJson.object("index", content);
    String own = OciJson.mediaType("index", root);
    return new ImageIndex(
        own.isEmpty() ? mediaType : own,
        OciJson.descriptors("index", root, "manifests"),
        OciJson.textMap(root, "annotations"));
  }

  /** The entries a container can be started from, in their order. */
  public List<Descriptor> runnable() {
    return manifests.stream().filter(ImageIndex::isRunnable).toList();
  }

  private static boolean isRunnable(Descriptor entry) {
    Platform platform = entry.platform();
    return !entry.annotations().containsKey(REFERENCE_TYPE)
        && entry.artifactType() == null
        && (platform == null || platform.isRunnable());
  }
}
