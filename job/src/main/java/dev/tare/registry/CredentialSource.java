package dev.tare.registry;

import java.util.Optional;

/** Knows the credentials of registries. Asked at most once for each opened registry. */
@FunctionalInterface
public interface CredentialSource {
  /**
   * The credential for a registry, empty where there is none; throws ENVIRONMENT where it is
   * configured and cannot be read.
   *
   * @param registry host and optional port as in references
   */
  Optional<RegistryCredential> credential(String registry);

  /** This one's, or where it has none the other one's. */
  default CredentialSource orElse(CredentialSource other) {
    return registry -> credential(registry).or(() -> other.credential(registry));
  }

  /** Without credentials. */
  static CredentialSource anonymous() {
    return registry -> Optional.empty();
  }
}
