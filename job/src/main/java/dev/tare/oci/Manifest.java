package dev.tare.oci;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The manifest of one image for one platform.
 *
 * @param layers root layer first
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">Image
 *     manifest</a>
 */
public record Manifest(
    String mediaType,
    Descriptor config,
    List<Descriptor> layers,
    @Nullable String artifactType,
    @Nullable Descriptor subject,
    Map<String, String> annotations) {

  /** No container runtime mounts as many. */
  private static final int MAX_LAYERS = 2_000;

  /** Copies the collections. */
  public Manifest {
    layers = List.copyOf(layers);
    annotations = Map.copyOf(annotations);
  }

  /**
   * Parses a Docker schema 2 or OCI manifest.
   *
   * @param mediaType as the registry or the descriptor says, used where the document does not say
   *     it itself
   * @throws dev.tare.error.TareException of kind BAD_CONTENT for anything else
   */
  public static Manifest parse(byte[] content, String mediaType) {
    JsonNode root = OciJson.object("manifest", content);
    JsonNode subject = root.get("subject");
    String own = OciJson.mediaType("manifest", root);
    OciJson.requireAtMost(MAX_LAYERS, "manifest: layers", root.path("layers"));
    return new Manifest(
        own.isEmpty() ? mediaType : own,
        OciJson.descriptor("manifest: config", root.get("config")),
        OciJson.descriptors("manifest", root, "layers"),
        OciJson.text(root, "artifactType"),
        subject == null || subject.isNull()
            ? null
            : OciJson.descriptor("manifest: subject", subject),
        OciJson.textMap(root, "annotations"));
  }

  /**
   * Whether a container can be started from it. Signatures, attestations, charts and other
   * artifacts have a config or layers of another type; an image with one layer that is of no known
   * type is an image still.
   */
  public boolean isContainerImage() {
    return MediaTypes.isImageConfig(config.mediaType())
        && (layers.isEmpty()
            || layers.stream().anyMatch(layer -> MediaTypes.isLayer(layer.mediaType())));
  }

  /**
   * Whether it is no image on purpose: attached to another manifest, or of a type that is known to
   * be a signature, an attestation, a bill of materials, a chart, a cache.
   */
  public boolean isArtifact() {
    return !isContainerImage() && ArtifactTypes.isArtifact(this);
  }

  /** The types of its config and layers, for a message. */
  public String types() {
    return ArtifactTypes.describe(this);
  }
}
