package dev.tare.registry.login;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.registry.CredentialSource;
import dev.tare.registry.RegistryCredential;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logins of Docker and Podman, from their files and the helpers that these name; then those of
 * helpers that a cloud's registry is known to have. The first file that knows the registry counts;
 * in it a helper of that registry, then the most specific key, of which what is written comes
 * before what the helper of all registries has. Files are read once, and a helper is asked once for
 * a server, each when it is needed.
 */
public final class LoginFiles implements CredentialSource {
  private static final Logger LOG = LoggerFactory.getLogger(LoginFiles.class);

  /** Ends of names, and the helper that asks with the account of the machine. */
  private static final Map<String, String> OF_CLOUDS =
      Map.of(
          ".amazonaws.com", "ecr-login",
          ".azurecr.io", "acr-env",
          ".gcr.io", "gcr",
          ".pkg.dev", "gcr");

  private final List<Supplier<Optional<LoginFile>>> places;
  private final HelperProgram program;
  private final List<LoginFile> read = new ArrayList<>();
  private final Map<LoginFile.Helper, Answer> answers = new HashMap<>();

  /** What a helper said: a failure is not asked for again with each image. */
  private record Answer(Optional<RegistryCredential> login, @Nullable TareException failure) {
    Optional<RegistryCredential> get() {
      if (failure != null) {
        throw failure;
      }
      return login;
    }
  }

  private LoginFiles(List<Supplier<Optional<LoginFile>>> places, HelperProgram program) {
    this.places = new ArrayList<>(places);
    this.program = program;
  }

  /** Those of the user whose environment this is. */
  public static CredentialSource of(Map<String, String> environment, HelperProgram program) {
    String home = environment.getOrDefault("HOME", "");
    Path account = Path.of(home.isEmpty() ? System.getProperty("user.home") : home);
    return new LoginFiles(new LoginPlaces(environment, account).inOrder(), program);
  }

  @Override
  public synchronized Optional<RegistryCredential> credential(
      String registry, @Nullable String repository) {
    for (int i = 0; i < read.size() || next(); i++) {
      LoginFile file = read.get(i);
      Optional<RegistryCredential> found =
          file.helper(registry)
              .flatMap(helper -> asked(helper, file))
              .or(() -> ofKeys(file, LoginKey.of(registry, repository)));
      if (found.isPresent()) {
        return found;
      }
    }
    return ofCloud(registry);
  }

  private Optional<RegistryCredential> ofKeys(LoginFile file, List<LoginKey> keys) {
    return keys.stream()
        .flatMap(key ->
            file
                .written(key)
                .or(() -> file.store(key).flatMap(helper -> asked(helper, file)))
                .stream())
        .findFirst();
  }

  /** What stands in a file that was not reached yet is known once it is. */
  @Override
  public synchronized boolean partsRepositories(String registry) {
    return read.stream().anyMatch(file -> file.partsRepositories(registry));
  }

  /** Reads the next file that is there. */
  private boolean next() {
    while (!places.isEmpty()) {
      Optional<LoginFile> file = places.getFirst().get();
      places.removeFirst();
      if (file.isPresent()) {
        read.add(file.get());
        return true;
      }
    }
    return false;
  }

  private Optional<RegistryCredential> asked(LoginFile.Helper helper, LoginFile file) {
    return answers.computeIfAbsent(helper, any -> answer(helper, file)).get();
  }

  private Answer answer(LoginFile.Helper helper, LoginFile file) {
    try {
      return new Answer(program.ask(helper, "named in " + file.name()), null);
    } catch (HelperProgram.Missing e) {
      return new Answer(
          Optional.empty(),
          new TareException(
              FailureKind.ENVIRONMENT,
              e.getMessage() + ": there is no such program on the PATH",
              "Install it, or take its name out of " + file.name() + " and log in again."));
    } catch (TareException e) {
      return new Answer(Optional.empty(), e);
    }
  }

  /** Nobody has said that it is to be asked: where it has no answer, nobody is logged in. */
  private Optional<RegistryCredential> ofCloud(String registry) {
    return OF_CLOUDS.entrySet().stream()
        .filter(cloud -> ("." + registry).endsWith(cloud.getKey()))
        .findFirst()
        .map(cloud -> new LoginFile.Helper(cloud.getValue(), registry))
        .flatMap(helper -> answers.computeIfAbsent(helper, any -> ofCloud(any)).get());
  }

  private Answer ofCloud(LoginFile.Helper helper) {
    Optional<RegistryCredential> login = Optional.empty();
    try {
      login = program.ask(helper, "for a registry of this cloud");
    } catch (HelperProgram.Missing | TareException e) {
      LOG.atDebug().addKeyValue("cause", e.getMessage()).log("No login of a cloud's helper");
    }
    return new Answer(login, null);
  }
}
