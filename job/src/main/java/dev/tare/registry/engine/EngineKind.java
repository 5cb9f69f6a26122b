package dev.tare.registry.engine;

import java.nio.file.Path;
import java.util.ArrayList;
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

  /** Which kind a target or registry is of, {@code docker-daemon:alpine:3.20}; empty for others. */
  public static Optional<EngineKind> of(String name) {
    for (EngineKind kind : values()) {
      if (name.startsWith(kind.prefix)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
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
