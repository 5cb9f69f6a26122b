package dev.tare.batch;

import dev.tare.batch.artifact.ArtifactPlace;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.FileAddress;
import dev.tare.policy.BundleFetcher;
import dev.tare.policy.HttpsBundle;
import dev.tare.registry.RegistryOptions;
import dev.tare.stop.StopSignal;
import java.util.Map;

/** Brings policy bundles from registries and web servers. */
public final class RemoteBundles implements BundleFetcher {
  private final RegistryOptions options;
  private final StopSignal stop;

  /** Reaches them as these options say, until the process is to end. */
  public RemoteBundles(RegistryOptions options, StopSignal stop) {
    this.options = options;
    this.stop = stop;
  }

  @Override
  public Map<String, byte[]> fetch(String location) {
    if (ArtifactPlace.isOne(location)) {
      return new OciBundles(options, stop).fetch(location);
    }
    if (FileAddress.isOne(location)) {
      return Map.of("bundle.tar.gz", new HttpsBundle(options.http(), stop).fetch(location));
    }
    throw new TareException(
        FailureKind.USAGE,
        "open policy bundle " + location + ": unknown scheme",
        "Give a directory, a .tar.gz, https:// or oci://.");
  }
}
