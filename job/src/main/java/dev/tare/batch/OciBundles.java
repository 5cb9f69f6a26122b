package dev.tare.batch;

import dev.tare.batch.artifact.PulledArtifact;
import dev.tare.oci.Descriptor;
import dev.tare.registry.RegistryOptions;
import dev.tare.stop.StopSignal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pulls policy bundles from registries, as {@code oras push} and {@code conftest push} store them:
 * an artifact whose layers are files, each with its name in {@code org.opencontainers.image.title}.
 */
final class OciBundles {
  private static final String WHAT = "policy bundle";
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

  /** The files of the artifact by their names. */
  Map<String, byte[]> fetch(String location) {
    try (PulledArtifact artifact = PulledArtifact.open(location, WHAT, MAX_FILES, options, stop)) {
      Map<String, byte[]> files = new TreeMap<>();
      for (Descriptor layer : artifact.manifest().layers()) {
        files.put(nameOf(layer), artifact.content(layer, MAX_BYTES));
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
}
