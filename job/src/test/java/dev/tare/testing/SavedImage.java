package dev.tare.testing;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An image as {@code docker save} wrote it before Docker 25.
 *
 * @param layers root first
 */
public record SavedImage(String name, List<LayerTar.Blob> layers) {
  /** Copies the layers. */
  public SavedImage {
    layers = List.copyOf(layers);
  }

  private String config() {
    return "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"/x\"]},"
        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
        + layers.stream()
            .map(layer -> "\"" + layer.diffId() + "\"")
            .collect(Collectors.joining(","))
        + "]}}";
  }

  /** As an engine calls it. */
  public Digest id() {
    return Digest.sha256(config().getBytes(StandardCharsets.UTF_8));
  }

  /** The config, as a manifest describes it. */
  public Descriptor configDescriptor() {
    return new Descriptor(MediaTypes.DOCKER_CONFIG, id(), config().length());
  }

  /**
   * As an engine exports it: layers in an order that is not theirs, the last one first.
   *
   * @param names what {@code RepoTags} holds, JSON
   */
  public Path write(Path file, String names) {
    LayerTar tar = LayerTar.of();
    for (int i = layers.size() - 1; i >= 0; i--) {
      tar.file(directory(i) + "/VERSION", "1.0");
      tar.file(directory(i) + "/layer.tar", layers.get(i).bytes());
    }
    tar.file(id().hex() + ".json", config());
    tar.file(
        "manifest.json",
        "[{\"Config\":\""
            + id().hex()
            + ".json\",\"RepoTags\":"
            + names
            + ",\"Layers\":["
            + IntStream.range(0, layers.size())
                .mapToObj(i -> "\"" + directory(i) + "/layer.tar\"")
                .collect(Collectors.joining(","))
            + "]}]");
    try {
      return Files.write(file, tar.tar().bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String directory(int layer) {
    return "%02d%s".formatted(layers.size() - layer, "ab".repeat(31));
  }
}
