package dev.tare.registry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows the credentials of registries. May be asked for each request, by several threads. */
@FunctionalInterface
public interface CredentialSource {
  /**
   * The credential for a registry, empty where there is none; throws ENVIRONMENT where it is
   * configured and cannot be read.
   *
   * @param registry host and optional port as in references
   * @param repository of the registry, which may have a login of its own; null for the registry
   */
  Optional<RegistryCredential> credential(String registry, @Nullable String repository);

  /** This one's, or where it has none the other one's. */
  default CredentialSource orElse(CredentialSource other) {
    return (registry, repository) ->
        credential(registry, repository).or(() -> other.credential(registry, repository));
  }

  /** Without credentials. */
  static CredentialSource anonymous() {
    return (registry, repository) -> Optional.empty();
  }
}
