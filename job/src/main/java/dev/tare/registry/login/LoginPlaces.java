package dev.tare.registry.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where Docker and Podman keep logins, those first that the environment names:
 *
 * <pre>
 * $REGISTRY_AUTH_FILE                       Podman, Skopeo, Buildah; it must be there
 * $DOCKER_AUTH_CONFIG                       Docker, the content itself
 * $DOCKER_CONFIG/config.json                Docker; else ~/.docker/config.json, below
 * $XDG_RUNTIME_DIR/containers/auth.json     Podman; without the variable /run/containers/UID/auth.json
 * $XDG_CONFIG_HOME/containers/auth.json     Podman; without the variable ~/.config
 * ~/.docker/config.json
 * ~/.dockercfg                              Docker's first versions
 * </pre>
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/#environment-variables">Docker</a>
 * @see <a
 *     href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">Podman</a>
 */
final class LoginPlaces {
  private static final String PODMAN_FILE = "REGISTRY_AUTH_FILE";

  private final Map<String, String> environment;
  private final Path home;

  /**
   * Of a user.
   *
   * @param home as {@code HOME} says, or where it says nothing, as the account does
   */
  LoginPlaces(Map<String, String> environment, Path home) {
    this.environment = environment;
    this.home = home;
  }

  /** Each is read where it is asked for, and is empty where there is none. */
  List<Supplier<Optional<LoginFile>>> inOrder() {
    List<Supplier<Optional<LoginFile>>> places = new ArrayList<>();
    named(PODMAN_FILE)
        .ifPresent(file -> places.add(() -> Optional.of(LoginFile.require(PODMAN_FILE, file))));
    String content = environment.getOrDefault("DOCKER_AUTH_CONFIG", "");
    if (!content.isBlank()) {
      places.add(() -> Optional.of(LoginFile.of("DOCKER_AUTH_CONFIG", content)));
    }
    Optional<Path> docker = named("DOCKER_CONFIG").map(path -> path.resolve("config.json"));
    docker.ifPresent(file -> places.add(() -> LoginFile.read(file)));
    named("XDG_RUNTIME_DIR")
        .map(LoginPlaces::podman)
        .or(LoginPlaces::ofUser)
        .ifPresent(file -> places.add(() -> LoginFile.read(file)));
    Path config = named("XDG_CONFIG_HOME").orElse(home.resolve(".config"));
    places.add(() -> LoginFile.read(podman(config)));
    if (docker.isEmpty()) {
      places.add(() -> LoginFile.read(home.resolve(".docker/config.json")));
      places.add(() -> LoginFile.readOld(home.resolve(".dockercfg")));
    }
    return places;
  }

  private Optional<Path> named(String variable) {
    String path = environment.getOrDefault(variable, "");
    return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
  }

  private static Path podman(Path directory) {
    return directory.resolve("containers/auth.json");
  }

  /** Podman's without a directory of the session; none on a system without user numbers. */
  private static Optional<Path> ofUser() {
    try {
      Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      return Optional.of(Path.of("/run/containers", user.toString(), "auth.json"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
