package dev.tare.registry.login;

import dev.tare.registry.CredentialSource;
import dev.tare.registry.RegistryCredential;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Credentials from {@code TARE_REGISTRY_USERNAME} and {@code TARE_REGISTRY_PASSWORD}. Where {@code
 * TARE_REGISTRY_HOST} is set too they are for that registry only, so that a run over several
 * registries does not show one registry's password to another.
 */
public final class EnvironmentCredentials implements CredentialSource {
  private final Map<String, String> environment;

  public EnvironmentCredentials(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Optional<RegistryCredential> credential(String registry, @Nullable String repository) {
    String username = environment.get("TARE_REGISTRY_USERNAME");
    String password = environment.get("TARE_REGISTRY_PASSWORD");
    String host = environment.get("TARE_REGISTRY_HOST");
    if (username == null || password == null || (host != null && !host.equals(registry))) {
      return Optional.empty();
    }
    return Optional.of(new RegistryCredential(username, password));
  }
}
