package dev.tare.batch;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Manifest;
import dev.tare.oci.Reference;
import dev.tare.oci.WrittenName;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageSource;
import dev.tare.registry.RegistryOptions;
import dev.tare.registry.RegistrySources;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Pulls policy bundles from registries, as {@code oras push} and {@code conftest push} store them:
 * an artifact whose layers are files, each with its name in {@code org.opencontainers.image.title}.
 */
final class OciBundles {
  private static final String SCHEME = "oci://";
  private static final String TITLE = "org.opencontainers.image.title";
  private static final String UNPACK = "io.deis.oras.content.unpack";
  private static final int MAX_BYTES = 64 << 20;
  private static final int MAX_FILES = 1000;

  private final RegistryOptions options;
  private final StopSignal stop;

  /** Reaches registries as these options say, until the process is to end. */
  OciBundles(RegistryOptions options, StopSignal stop) {
    this.options = options;
    this.stop = stop;
  }

  /** Whether a location is one. */
  static boolean isOne(String location) {
    return location.startsWith(SCHEME);
  }

  /** The files of the artifact by their names. */
  Map<String, byte[]> fetch(String location) {
    Reference reference = reference(location);
    try (ImageSource source = RegistrySources.open(reference.registry(), options, stop)) {
      FetchedManifest fetched = source.manifest(reference);
      Manifest manifest = Manifest.parse(fetched.content(), fetched.descriptor().mediaType());
      if (manifest.layers().size() > MAX_FILES) {
        throw new TareException(
            FailureKind.LIMIT,
            "pull policy bundle " + location + ": more than " + MAX_FILES + " files");
      }
      Map<String, byte[]> files = new TreeMap<>();
      for (Descriptor layer : manifest.layers()) {
        files.put(nameOf(layer), content(location, source, reference, layer));
      }
      return files;
    }
  }

  /**
   * Bundles that {@code opa} pushes hold one archive without a title; a folder that {@code oras}
   * pushes is an archive with the folder's name.
   */
  private static String nameOf(Descriptor layer) {
    String title = layer.annotations().get(TITLE);
    if (title == null || title.isBlank()) {
      return "bundle.tar.gz";
    }
    return Boolean.parseBoolean(layer.annotations().get(UNPACK)) ? title + ".tar.gz" : title;
  }

  private static byte[] content(
      String location, ImageSource source, Reference reference, Descriptor layer) {
    try (InputStream blob = source.blob(reference.repository(), layer)) {
      byte[] content = blob.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new TareException(
            FailureKind.LIMIT,
            "pull policy bundle " + location + ": larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      Digest actual = Digest.sha256(content);
      if (!actual.equals(layer.digest())) {
        throw new TareException(
            FailureKind.BAD_CONTENT,
            "pull policy bundle "
                + location
                + ": expected "
                + layer.digest()
                + ", found "
                + actual);
      }
      return content;
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "pull policy bundle " + location + ": " + e.getMessage(),
          null,
          e);
    }
  }

  private static Reference reference(String location) {
    WrittenName name = WrittenName.full(location.substring(SCHEME.length()));
    String registry = name.registry();
    if (registry == null || registry.isEmpty() || name.path().isEmpty()) {
      throw new TareException(
          FailureKind.USAGE,
          "open policy bundle " + location + ": no image name",
          "For example oci://registry.example.com/policies/acme:1.");
    }
    String digest = name.digest();
    return digest == null
        ? Reference.tagged(registry, name.path(), Objects.requireNonNullElse(name.tag(), "latest"))
        : Reference.byDigest(registry, name.path(), Digest.parse(digest));
  }
}
