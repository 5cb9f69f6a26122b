package dev.tare.oci;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells manifests that are no images on purpose (signatures, attestations, bills of materials,
 * charts, caches) from those of which nobody knows what they are.
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidelines-for-artifact-usage">Guidelines
 *     for Artifact Usage</a>
 */
final class ArtifactTypes {
  /** Of configs: Helm, OPA, Flux, Notary; plugins; BuildKit's caches; what signs and scans. */
  private static final List<String> CONFIGS =
      List.of(
          "application/vnd.oci.empty.",
          "application/vnd.cncf.",
          "application/vnd.wasm.",
          "application/vnd.docker.plugin.",
          "application/vnd.buildkit.",
          "application/vnd.dev.cosign.",
          "application/vnd.dev.sigstore.",
          "application/vnd.in-toto",
          "application/vnd.aquasec.trivy.",
          "application/vnd.goharbor.");

  /** Of layers of what cosign and BuildKit write, whose config is one of an image. */
  private static final List<String> LAYERS =
      List.of(
          "application/vnd.dev.cosign.",
          "application/vnd.dev.sigstore.",
          "application/vnd.in-toto",
          "application/vnd.dsse.envelope.",
          "application/vnd.buildkit.",
          "application/vnd.syft");

  private static final int MAX_SHOWN = 5;

  private ArtifactTypes() {}

  /** Whether it says of itself that it is something else than an image. */
  static boolean isArtifact(Manifest manifest) {
    String artifactType = manifest.artifactType();
    return manifest.subject() != null
        || (artifactType != null && !MediaTypes.isImageConfig(artifactType))
        || startsWithOne(CONFIGS, manifest.config().mediaType())
        || (!manifest.layers().isEmpty()
            && manifest.layers().stream().allMatch(layer -> isAttachment(layer.mediaType())));
  }

  private static boolean isAttachment(String mediaType) {
    String lower = mediaType.toLowerCase(Locale.ROOT);
    return startsWithOne(LAYERS, mediaType)
        || lower.contains("spdx")
        || lower.contains("cyclonedx");
  }

  private static boolean startsWithOne(List<String> beginnings, String mediaType) {
    return beginnings.stream().anyMatch(mediaType::startsWith);
  }

  /** {@code config of type "A", layers of type "B", "C"}. */
  static String describe(Manifest manifest) {
    List<String> layers =
        manifest.layers().stream().map(layer -> quoted(layer.mediaType())).distinct().toList();
    String shown =
        Stream.concat(
                layers.stream().limit(MAX_SHOWN),
                layers.size() > MAX_SHOWN ? Stream.of("…") : Stream.empty())
            .collect(Collectors.joining(", "));
    return "config of type "
        + quoted(manifest.config().mediaType())
        + (layers.isEmpty() ? ", no layers" : ", layers of type " + shown);
  }

  private static String quoted(String mediaType) {
    return "\"" + mediaType + "\"";
  }
}
