package dev.tare.testing;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One image of an OCI layout as its bytes.
 *
 * @param layers root first
 */
public record RealLayout(byte[] manifest, byte[] config, List<Layer> layers) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** A layer and how the manifest describes it. */
  public record Layer(Descriptor descriptor, byte[] bytes) {}

  /** Copies an image with skopeo, blobs as they are, and reads what was copied. */
  public static RealLayout copied(String source, Path directory) {
    Programs.run(
        "skopeo",
        "copy",
        "-q",
        "--insecure-policy",
        "--override-os",
        "linux",
        "--override-arch",
        source.contains("arm64") ? "arm64" : "amd64",
        "--dest-oci-accept-uncompressed-layers",
        source,
        "oci:" + directory + ":x");
    return first(directory);
  }

  /** Makes an image of one layer. */
  public static RealLayout made(LayerTar.Blob layer, Path directory) {
    ImageLayout layout = ImageLayout.in(directory);
    layout.image("x", layer);
    return first(layout.write());
  }

  /** The first image of a layout. */
  static RealLayout first(Path directory) {
    JsonNode index = MAPPER.readTree(read(directory.resolve("index.json")));
    byte[] manifest = blob(directory, index.path("manifests").path(0));
    JsonNode document = MAPPER.readTree(manifest);
    List<Layer> layers = new ArrayList<>();
    for (JsonNode layer : document.path("layers")) {
      layers.add(
          new Layer(
              new Descriptor(
                  layer.path("mediaType").stringValue(),
                  Digest.parse(layer.path("digest").stringValue()),
                  layer.path("size").longValue()),
              blob(directory, layer)));
    }
    return new RealLayout(manifest, blob(directory, document.path("config")), layers);
  }

  private static byte[] blob(Path directory, JsonNode descriptor) {
    Digest digest = Digest.parse(descriptor.path("digest").stringValue());
    return read(directory.resolve("blobs/sha256").resolve(digest.hex()));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
