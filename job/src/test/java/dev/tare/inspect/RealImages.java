package dev.tare.inspect;

import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.lineage.Lineage;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Platform;
import dev.tare.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Inspects real images: archives of docker save, OCI layouts, root file systems. */
public final class RealImages {
  static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
  public static final Lineage NO_LINEAGE =
      new Lineage(List.of(), null, null, 0, null, Lineage.Outdated.NO_PARENT, List.of());
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path scratch;

  /** Archives are unpacked below {@code scratch} by the tar of the system. */
  public RealImages(Path scratch) {
    this.scratch = scratch;
  }

  /** A root file system as an image of one layer. */
  public ImageFacts rootfs(String name) {
    byte[] blob = decompressed(TestImages.path(name));
    return inspect(
        config(List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), List.of(), null),
        List.of(new Blob(blob, MediaTypes.OCI_LAYER_TAR)),
        NO_LINEAGE);
  }

  /** The first image of a docker save archive. */
  public ImageFacts dockerSave(String name) {
    Path directory = unpack(TestImages.path(name), name);
    JsonNode image = json(directory.resolve("manifest.json")).get(0);
    ImageConfig config =
        ImageConfig.parse(bytes(directory.resolve(image.get("Config").stringValue())));
    List<Blob> layers = new ArrayList<>();
    for (JsonNode layer : image.get("Layers")) {
      layers.add(layer(bytes(directory.resolve(layer.stringValue()))));
    }
    return inspect(config, layers, NO_LINEAGE);
  }

  /** As docker save writes it, or as somebody compressed it afterwards. */
  private static Blob layer(byte[] bytes) {
    boolean gzip = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    return new Blob(bytes, gzip ? MediaTypes.OCI_LAYER_GZIP : MediaTypes.OCI_LAYER_TAR);
  }

  /** The first image of an archive of an OCI layout. */
  ImageFacts archive(String name) {
    return layout(unpack(TestImages.path(name), name));
  }

  /** The first image of an OCI layout. */
  ImageFacts layout(String name) {
    return layout(TestImages.path(name));
  }

  private static ImageFacts layout(Path directory) {
    Manifest manifest = manifest(directory, json(directory.resolve("index.json")));
    List<Blob> layers = new ArrayList<>();
    for (Descriptor layer : manifest.layers()) {
      layers.add(new Blob(blob(directory, layer.digest()), layer.mediaType()));
    }
    return inspect(
        ImageConfig.parse(blob(directory, manifest.config().digest())), layers, NO_LINEAGE);
  }

  /** The first of an index, and of the indexes in it, whose blobs are there. */
  private static Manifest manifest(Path layout, JsonNode index) {
    for (JsonNode entry : index.get("manifests")) {
      Digest digest = Digest.parse(entry.get("digest").stringValue());
      if (Files.exists(blobFile(layout, digest))) {
        byte[] content = blob(layout, digest);
        JsonNode document = JSON.readTree(content);
        return document.has("manifests")
            ? manifest(layout, document)
            : Manifest.parse(content, entry.get("mediaType").stringValue());
      }
    }
    throw new AssertionError("no image in " + layout);
  }

  /** A layer as it is stored. */
  public record Blob(byte[] bytes, String mediaType) {}

  public static ImageConfig config(
      List<String> env, List<String> entrypoint, @Nullable String user) {
    return new ImageConfig(
        new Platform("linux", "amd64", null),
        null,
        user,
        env,
        entrypoint,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        List.of(),
        Map.of(),
        List.of(),
        List.of());
  }

  public static ImageFacts inspect(ImageConfig config, List<Blob> blobs, Lineage lineage) {
    LayerScanner scanner = new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS);
    List<LayerFacts> layers = new ArrayList<>();
    List<Descriptor> descriptors = new ArrayList<>();
    for (Blob blob : blobs) {
      Descriptor descriptor =
          new Descriptor(blob.mediaType(), Digest.sha256(blob.bytes()), blob.bytes().length);
      descriptors.add(descriptor);
      layers.add(scanner.scan(new ByteArrayInputStream(blob.bytes()), descriptor));
    }
    return inspect(config, descriptors, layers, lineage);
  }

  public static ImageFacts inspect(
      ImageConfig config, List<Descriptor> descriptors, List<LayerFacts> layers, Lineage lineage) {
    return inspect(
        config,
        descriptors,
        layers,
        lineage,
        new ImageInspector(
            ToolCatalog.shipped(), LeftoverCatalog.shipped(), InspectionLimits.DEFAULT));
  }

  /** An image of one layer, as an inspector of this kind measures it. */
  public static ImageFacts inspect(Blob blob, ImageInspector inspector) {
    Descriptor descriptor =
        new Descriptor(blob.mediaType(), Digest.sha256(blob.bytes()), blob.bytes().length);
    LayerFacts layer =
        new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS)
            .scan(new ByteArrayInputStream(blob.bytes()), descriptor);
    return inspect(
        config(List.of(), List.of(), null),
        List.of(descriptor),
        List.of(layer),
        NO_LINEAGE,
        inspector);
  }

  private static ImageFacts inspect(
      ImageConfig config,
      List<Descriptor> descriptors,
      List<LayerFacts> layers,
      Lineage lineage,
      ImageInspector inspector) {
    Manifest manifest =
        new Manifest(
            MediaTypes.OCI_MANIFEST,
            new Descriptor(MediaTypes.OCI_CONFIG, Digest.sha256(new byte[0]), 0),
            descriptors,
            null,
            null,
            Map.of());
    ImageSubject subject =
        new ImageSubject(
            "localhost:5000",
            "team/app",
            List.of("1.0"),
            Digest.sha256("manifest".getBytes(StandardCharsets.UTF_8)),
            null,
            MediaTypes.OCI_MANIFEST,
            new Platform("linux", "amd64", null),
            manifest,
            config);
    return inspector.inspect(subject, layers, lineage, new InspectionContext(NOW, "prod", null));
  }

  private static byte[] blob(Path layout, Digest digest) {
    return bytes(blobFile(layout, digest));
  }

  private static Path blobFile(Path layout, Digest digest) {
    Path blob = layout.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    try {
      // A link that was copied as the text it is.
      String link =
          Files.isRegularFile(blob) && Files.size(blob) < 100 ? Files.readString(blob) : "";
      return link.startsWith("../") ? blob.resolveSibling(link) : blob;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] decompressed(Path archive) {
    if (!archive.toString().endsWith(".xz")) {
      return bytes(archive);
    }
    Path tar = scratch.resolve(archive.getFileName() + ".tar");
    run("sh", "-c", "xz -dc '" + archive + "' > '" + tar + "'");
    return bytes(tar);
  }

  private Path unpack(Path archive, String name) {
    Path directory = scratch.resolve(name.replace('/', '_'));
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    run("tar", "-xf", archive.toString(), "-C", directory.toString());
    return directory;
  }

  public static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError(List.of(command) + ": " + output);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(Path file) {
    return JSON.readTree(bytes(file));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
