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

  /**
   * Whether repositories of a registry may have different logins, as far as credentials were looked
   * for: what one of them is refused then says nothing of the others.
   *
   * @param registry host and optional port as in references
   */
  default boolean partsRepositories(String registry) {
    return false;
  }

  /** This one's, or where it has none the other one's. */
  default CredentialSource orElse(CredentialSource other) {
    CredentialSource first = this;
    return new CredentialSource() {
      @Override
      public Optional<RegistryCredential> credential(String registry, @Nullable String repository) {
        return first
            .credential(registry, repository)
            .or(() -> other.credential(registry, repository));
      }

      @Override
      public boolean partsRepositories(String registry) {
        return first.partsRepositories(registry) || other.partsRepositories(registry);
      }
    };
  }

  /** Without credentials. */
  static CredentialSource anonymous() {
    return (registry, repository) -> Optional.empty();
  }
}
