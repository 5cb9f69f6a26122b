package dev.tare.registry.auth;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Credentials from Kubernetes pull secrets that are mounted into a directory, a {@code
 * .dockerconfigjson} each as {@code NAME.json}. The first in the order of names that knows a
 * registry is used for it.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets">Docker
 *     config secrets</a>
 */
public final class MountedPullSecrets implements CredentialSource {
  private static final String VARIABLE = "TARE_REGISTRY_SECRETS";
  private static final String SUFFIX = ".json";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Path directory;

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
  public Optional<RegistryCredential> credential(String registry) {
    CredentialRetrieverFactory factory =
        CredentialRetrieverFactory.forImage(ImageReference.of(registry, "any", null), event -> {});
    for (Path secret : secrets()) {
      requireJson(secret);
      try {
        Optional<Credential> found = factory.dockerConfig(secret).retrieve();
        if (found.isPresent()) {
          return found.map(one -> new RegistryCredential(one.getUsername(), one.getPassword()));
        }
      } catch (CredentialRetrievalException e) {
        throw unreadable(secret, String.valueOf(e.getMessage()), e);
      }
    }
    return Optional.empty();
  }

  /** jib passes over what it cannot parse. */
  private static void requireJson(Path secret) {
    try {
      MAPPER.readTree(secret);
    } catch (JacksonException e) {
      // Its message quotes the content.
      throw unreadable(secret, "it is no JSON that can be read", null);
    }
  }

  private List<Path> secrets() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw unreadable(directory, e.toString(), e);
    }
  }

  private static TareException unreadable(Path path, String reason, @Nullable Exception cause) {
    return new TareException(
        FailureKind.ENVIRONMENT,
        "read pull secret " + path + ": " + reason,
        VARIABLE + " names a directory with the .dockerconfigjson of each secret as NAME.json.",
        cause);
  }
}
