package dev.tare.registry.local;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageIndex;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.registry.protocol.ManifestGet;
import dev.tare.registry.protocol.ManifestType;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The images of an archive that docker save wrote. Its {@code manifest.json} names the files of
 * config and layers:
 *
 * <pre>[{"Config":"ab….json","RepoTags":["alpine:3.20"],"Layers":["cd…/layer.tar"]}]</pre>
 *
 * An image manifest is made of that, unless the archive is an OCI layout at the same time (Docker
 * 25 and later) and has the true one.
 *
 * @see <a
 *     href="https://github.com/moby/docker-image-spec/blob/main/spec.md#combined-image-json--filesystem-changeset-format">Docker
 *     Image Specification</a>
 */
final class SavedImages {
  static final String MANIFEST = "manifest.json";

  private static final String DOCKER_LAYER_TAR = "application/vnd.docker.image.rootfs.diff.tar";
  private static final int MOST_NESTED = 2;
  private static final int MOST_LAYERS = 1_000;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final String registry;
  private final String repository;
  private final LocalFiles files;
  private final LocalImages images;
  private final Map<String, Descriptor> hashed = new HashMap<>();
  private final Set<Digest> collected = new HashSet<>();

  /**
   * Of these files.
   *
   * @param registry for messages
   * @param repository what images are called where nothing else names them
   */
  SavedImages(String registry, String repository, LocalFiles files) {
    this.registry = registry;
    this.repository = repository;
    this.files = files;
    this.images = new LocalImages(files);
  }

  LocalImages read() throws IOException {
    Map<Digest, Descriptor> known = new HashMap<>();
    if (files.has(LayoutImages.INDEX)) {
      collect(LayoutImages.index(files), 0, known);
    }
    for (JsonNode image : savedImages()) {
      Descriptor config = described(image.path("Config").asString(""), MediaTypes.DOCKER_CONFIG);
      Descriptor manifest = known.get(config.digest());
      if (manifest == null) {
        manifest = made(config, image.path("Layers"));
      }
      boolean tagged = false;
      for (JsonNode name : image.path("RepoTags")) {
        images.add(LayoutImages.named(repository, name.asString(""), manifest));
        tagged = true;
      }
      if (!tagged) {
        images.add(new LocalImage(repository, null, manifest));
      }
    }
    return images;
  }

  private JsonNode savedImages() throws IOException {
    JsonNode document;
    try (InputStream in = files.open(MANIFEST)) {
      document = MAPPER.readTree(in.readNBytes(ManifestGet.LONGEST_BYTES));
    } catch (JacksonException e) {
      throw malformed("not JSON: " + e.getOriginalMessage());
    }
    if (!document.isArray()) {
      throw malformed("expected an array of images");
    }
    return document;
  }

  /** The manifests that are here, by the digest of their config; those of others are not saved. */
  private void collect(ImageIndex index, int depth, Map<Digest, Descriptor> known)
      throws IOException {
    for (Descriptor entry : index.manifests()) {
      if (!images.has(entry.digest()) || !collected.add(entry.digest())) {
        continue;
      }
      String action = "read manifest " + entry.digest() + " of " + registry;
      byte[] content = images.document(action, entry);
      String type = ManifestType.of(action, content, entry.mediaType());
      if (MediaTypes.isManifest(type)) {
        known.put(
            Manifest.parse(content, type).config().digest(),
            new Descriptor(type, entry.digest(), content.length));
      } else if (MediaTypes.isIndex(type) && depth < MOST_NESTED) {
        collect(ImageIndex.parse(content, type), depth + 1, known);
      }
    }
  }

  private Descriptor made(Descriptor config, JsonNode layers) throws IOException {
    if (layers.size() > MOST_LAYERS) {
      throw new TareException(
          FailureKind.LIMIT,
          MANIFEST + ": an image with " + layers.size() + " layers, at most " + MOST_LAYERS);
    }
    ObjectNode manifest = MAPPER.createObjectNode();
    manifest.put("schemaVersion", 2);
    manifest.put("mediaType", MediaTypes.DOCKER_MANIFEST);
    put(manifest.putObject("config"), config);
    ArrayNode described = manifest.putArray("layers");
    for (JsonNode layer : layers) {
      put(described.addObject(), described(layer.asString(""), DOCKER_LAYER_TAR));
    }
    byte[] content = MAPPER.writeValueAsBytes(manifest);
    Digest digest = Digest.sha256(content);
    images.make(digest, content);
    return new Descriptor(MediaTypes.DOCKER_MANIFEST, digest, content.length);
  }

  private static void put(ObjectNode node, Descriptor descriptor) {
    node.put("mediaType", descriptor.mediaType());
    node.put("size", descriptor.sizeBytes());
    node.put("digest", descriptor.digest().toString());
  }

  /** Digest, size and kind of a file; read once, however many images have it. */
  private Descriptor described(String name, String mediaType) throws IOException {
    Descriptor known = hashed.get(name);
    if (known != null) {
      return known;
    }
    if (!files.has(name)) {
      throw new FileNotFoundException(
          MANIFEST + " names \"" + LocalNames.shown(name) + "\", which is not there");
    }
    FileSummary file = files.summary(name);
    images.name(file.sha256(), name);
    Descriptor described =
        new Descriptor(
            mediaType.equals(DOCKER_LAYER_TAR) ? layerType(file) : mediaType,
            file.sha256(),
            file.sizeBytes());
    hashed.put(name, described);
    return described;
  }

  /** Some programs save layers compressed. */
  private static String layerType(FileSummary layer) {
    return switch (layer.compression()) {
      case GZIP -> MediaTypes.DOCKER_LAYER_GZIP;
      case ZSTD -> MediaTypes.OCI_LAYER_ZSTD;
      case NONE, XZ, BZIP2 -> DOCKER_LAYER_TAR;
    };
  }

  private static TareException malformed(String why) {
    return new TareException(FailureKind.BAD_CONTENT, MANIFEST + ": " + why);
  }
}
