package dev.tare.registry.auth;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.registry.CredentialSource;
import dev.tare.registry.RegistryCredential;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Credentials of {@code docker login}: Docker's and Podman's configuration files and the credential
 * helpers they name, then the helpers known to belong to a cloud's registry.
 */
public final class DockerCredentials implements CredentialSource {
  private static final Logger LOG = LoggerFactory.getLogger(DockerCredentials.class);

  @Override
  public Optional<RegistryCredential> credential(String registry) {
    CredentialRetrieverFactory factory =
        CredentialRetrieverFactory.forImage(
            ImageReference.of(registry, "any", null), DockerCredentials::log);
    try {
      for (CredentialRetriever retriever :
          List.of(factory.dockerConfig(), factory.wellKnownCredentialHelpers())) {
        Optional<Credential> found = retriever.retrieve();
        if (found.isPresent()) {
          return found.map(one -> new RegistryCredential(one.getUsername(), one.getPassword()));
        }
      }
      return Optional.empty();
    } catch (CredentialRetrievalException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "read the credentials for " + registry + ": " + e.getMessage(),
          "Check Docker's config.json and its credential helper, or run: docker login " + registry,
          e);
    }
  }

  private static void log(LogEvent event) {
    LOG.atDebug().addKeyValue("jib", event.getMessage()).log("Looked for registry credentials");
  }
}
