package dev.tare.testing;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an OCI layout: any blobs, any manifests, and an index that names them. What is written
 * need not be right.
 */
public final class ImageLayout {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Path directory;
  private final ObjectNode index = MAPPER.createObjectNode().put("schemaVersion", 2);
  private final ArrayNode manifests = index.putArray("manifests");

  private ImageLayout(Path directory) {
    this.directory = directory;
  }

  /** A layout in this directory, which need not exist. */
  public static ImageLayout in(Path directory) {
    ImageLayout layout = new ImageLayout(directory);
    try {
      Files.createDirectories(directory.resolve("blobs/sha256"));
      Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
      return layout;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a blob under its digest. */
  public Descriptor blob(String mediaType, byte[] content) {
    Descriptor descriptor = new Descriptor(mediaType, Digest.sha256(content), content.length);
    overwrite(descriptor.digest(), content);
    return descriptor;
  }

  /** Writes this in place of the blob of that digest, which it need not have. */
  public void overwrite(Digest digest, byte[] content) {
    try {
      Files.write(file(digest), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of a blob. */
  public Path file(Digest digest) {
    return directory.resolve("blobs/sha256").resolve(digest.hex());
  }

  /** Writes the manifest of an image. */
  public Descriptor manifest(Descriptor config, List<Descriptor> layers) {
    ObjectNode manifest =
        MAPPER
            .createObjectNode()
            .put("schemaVersion", 2)
            .put("mediaType", MediaTypes.OCI_MANIFEST)
            .set("config", described(config));
    ArrayNode nodes = manifest.putArray("layers");
    layers.forEach(layer -> nodes.add(described(layer)));
    return blob(MediaTypes.OCI_MANIFEST, MAPPER.writeValueAsBytes(manifest));
  }

  /** Writes an image for linux/amd64 of these layers, root first, and names it. */
  public Descriptor image(String tag, Blob... layers) {
    ObjectNode config = MAPPER.createObjectNode().put("os", "linux").put("architecture", "amd64");
    ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
    for (Blob layer : layers) {
      diffIds.add(layer.diffId().toString());
    }
    Descriptor manifest =
        manifest(
            blob(MediaTypes.OCI_CONFIG, MAPPER.writeValueAsBytes(config)),
            List.of(layers).stream()
                .map(layer -> blob(layer.descriptor().mediaType(), layer.bytes()))
                .toList());
    return tag(tag, manifest);
  }

  /** Lists a manifest in the index under this name. */
  public Descriptor tag(String tag, Descriptor manifest) {
    manifests.add(
        described(manifest)
            .set(
                "annotations",
                MAPPER.createObjectNode().put("org.opencontainers.image.ref.name", tag)));
    return manifest;
  }

  /** Writes the index; what it names need not be there. */
  public Path write() {
    try {
      Files.write(directory.resolve("index.json"), MAPPER.writeValueAsBytes(index));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode described(Descriptor descriptor) {
    return MAPPER
        .createObjectNode()
        .put("mediaType", descriptor.mediaType())
        .put("digest", descriptor.digest().toString())
        .put("size", descriptor.sizeBytes());
  }
}
