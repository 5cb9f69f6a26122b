package dev.tare.registry.engine;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where an engine listens: a socket in the file system, or a port of this machine.
 *
 * @param shown for messages, {@code unix:///var/run/docker.sock}
 */
record EngineAddress(SocketAddress socket, String shown) {
  private static final String UNIX = "unix://";
  private static final int DOCKER_PORT = 2375;

  /**
   * Where the environment says that the engine is, else the first usual socket that is there.
   *
   * @throws TareException ENVIRONMENT where there is no socket, or the environment names no place
   *     on this machine
   */
  static EngineAddress find(EngineKind kind, Map<String, String> environment) {
    String stated = environment.getOrDefault(kind.variable(), "").strip();
    if (!stated.isEmpty()) {
      return stated(kind, stated, environment);
    }
    List<Path> sockets = kind.sockets(environment);
    return sockets.stream()
        .filter(Files::exists)
        .findFirst()
        .map(EngineAddress::unix)
        .orElseThrow(() ->
            new TareException(
                FailureKind.ENVIRONMENT,
                "list images of "
                    + kind.title()
                    + ": it has no socket at "
                    + sockets.stream().map(Path::toString).collect(Collectors.joining(" or at ")),
                missing(kind)));
  }

  private static String missing(EngineKind kind) {
    return switch (kind) {
      case DOCKER ->
          "Start the engine, or set DOCKER_HOST to where it listens (docker context ls shows it).";
      case PODMAN ->
          "Start its socket: systemctl --user start podman.socket, as root without --user; or set"
              + " CONTAINER_HOST to where it listens.";
    };
  }

  SocketChannel channel() throws IOException {
    return socket instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
  }

  private static EngineAddress unix(Path path) {
    return new EngineAddress(UnixDomainSocketAddress.of(path), UNIX + path);
  }

  private static EngineAddress stated(
      EngineKind kind, String address, Map<String, String> environment) {
    try {
      if (address.startsWith(UNIX) && address.length() > UNIX.length()) {
        return unix(Path.of(address.substring(UNIX.length())));
      }
      URI uri = new URI(address);
      String host = uri.getHost();
      if (host != null && "tcp".equals(uri.getScheme()) && isLoopback(host)) {
        if (!environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty()) {
          throw wrong(
              kind, address, "Tare speaks no TLS with an engine, as DOCKER_TLS_VERIFY asks");
        }
        int port = uri.getPort() < 0 ? DOCKER_PORT : uri.getPort();
        return new EngineAddress(new InetSocketAddress(host, port), "tcp://" + host + ":" + port);
      }
    } catch (URISyntaxException | InvalidPathException e) {
      throw wrong(kind, address, String.valueOf(e.getMessage()));
    }
    throw wrong(
        kind, address, "expected unix:///PATH or a port of this machine, tcp://127.0.0.1:2375");
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
  }

  private static TareException wrong(EngineKind kind, String address, String why) {
    return new TareException(
        FailureKind.ENVIRONMENT,
        kind.variable() + " \"" + address + "\": " + why,
        "Images of an engine elsewhere: "
            + kind.program()
            + " save IMAGE -o image.tar there, and docker-archive:image.tar here.");
  }
}
