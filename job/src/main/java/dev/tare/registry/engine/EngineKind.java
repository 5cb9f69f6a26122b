package dev.tare.registry.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kind of engine, and where its socket is. Both answer by Docker's API. */
public enum EngineKind {
  DOCKER("docker-daemon:", "Docker", "docker", "DOCKER_HOST"),
  PODMAN("podman:", "Podman", "podman", "CONTAINER_HOST");

  private final String prefix;
  private final String title;
  private final String program;
  private final String variable;

  EngineKind(String prefix, String title, String program, String variable) {
    this.prefix = prefix;
    this.title = title;
    this.program = program;
    this.variable = variable;
  }

  /** Which kind a target is of, {@code docker-daemon:alpine:3.20}; empty for others. */
  public static Optional<EngineKind> of(String target) {
    return Arrays.stream(values()).filter(kind -> target.startsWith(kind.prefix)).findFirst();
  }

  /** Which kind a registry is; empty for others, such as a host that is called podman. */
  public static Optional<EngineKind> ofRegistry(String registry) {
    return Arrays.stream(values()).filter(kind -> registry.equals(kind.prefix)).findFirst();
  }

  /** What its images are written with, and the registry that they are of. */
  public String prefix() {
    return prefix;
  }

  /** As people call it: Docker. */
  public String title() {
    return title;
  }

  /** Its command line. */
  public String program() {
    return program;
  }

  /** The environment variable that says where its socket is. */
  String variable() {
    return variable;
  }

  /** Where its socket is unless the environment says otherwise, the likeliest first. */
  List<Path> sockets(Map<String, String> environment) {
    List<Path> sockets = new ArrayList<>();
    @Nullable String runtime = environment.get("XDG_RUNTIME_DIR");
    @Nullable String home = environment.get("HOME");
    switch (this) {
      case DOCKER -> {
        sockets.add(Path.of("/var/run/docker.sock"));
        add(sockets, runtime, "docker.sock");
        add(sockets, home, ".docker/run/docker.sock");
        add(sockets, home, ".docker/desktop/docker.sock");
      }
      case PODMAN -> {
        add(sockets, runtime, "podman/podman.sock");
        sockets.add(Path.of("/run/podman/podman.sock"));
      }
    }
    return sockets;
  }

  private static void add(List<Path> sockets, @Nullable String directory, String name) {
    if (directory != null && !directory.isBlank()) {
      sockets.add(Path.of(directory).resolve(name));
    }
  }
}
