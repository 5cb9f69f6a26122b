package dev.tare.policy;

import java.util.Map;

/** Brings bundles that are not files: the schemes it knows are up to who opens policies. */
@FunctionalInterface
public interface BundleFetcher {
  /**
   * The files of a bundle by their names: one {@code .tar.gz}, the files it would hold, or {@code
   * .rego} sources.
   *
   * @param location with its scheme, {@code oci://registry.example.com/policies:1}
   * @throws dev.tare.error.TareException where it cannot be brought
   */
  Map<String, byte[]> fetch(String location);
}
