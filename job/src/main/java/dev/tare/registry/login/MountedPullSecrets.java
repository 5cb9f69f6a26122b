package dev.tare.registry.login;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.registry.CredentialSource;
import dev.tare.registry.RegistryCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Credentials from Kubernetes pull secrets that are mounted into a directory, a {@code
 * .dockerconfigjson} each as {@code NAME.json}. The most specific key of all of them is used, and
 * of the same key that of the first in the order of names. Helpers that they name are not asked, as
 * no node asks them.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets">Docker
 *     config secrets</a>
 */
public final class MountedPullSecrets implements CredentialSource {
  private static final String VARIABLE = "TARE_REGISTRY_SECRETS";
  private static final String SUFFIX = ".json";

  private final Path directory;

  /** Null until a registry asks for a login. */
  private @Nullable List<LoginFile> read;

  MountedPullSecrets(Path directory) {
    this.directory = directory;
  }

  /** Those of the directory that {@code TARE_REGISTRY_SECRETS} names, or none. */
  public static CredentialSource of(Map<String, String> environment) {
    String directory = environment.get(VARIABLE);
    return directory == null
        ? CredentialSource.anonymous()
        : new MountedPullSecrets(Path.of(directory));
  }

  @Override
  public Optional<RegistryCredential> credential(String registry, @Nullable String repository) {
    List<LoginFile> secrets = secrets();
    return LoginKey.of(registry, repository).stream()
        .flatMap(key -> secrets.stream().flatMap(secret -> secret.written(key).stream()))
        .findFirst();
  }

  @Override
  public synchronized boolean partsRepositories(String registry) {
    return read != null && read.stream().anyMatch(secret -> secret.partsRepositories(registry));
  }

  private synchronized List<LoginFile> secrets() {
    if (read == null) {
      read = files().stream().flatMap(file -> LoginFile.read(file).stream()).toList();
    }
    return read;
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "read pull secrets in " + directory + ": " + e,
          VARIABLE + " names a directory with the .dockerconfigjson of each secret as NAME.json.",
          e);
    }
  }
}
