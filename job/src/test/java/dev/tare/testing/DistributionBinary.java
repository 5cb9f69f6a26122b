package dev.tare.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** CNCF Distribution, the binary of Debian's package {@code docker-registry}. */
public final class DistributionBinary implements RegistryFixture {
  private static final String PROGRAM = "docker-registry";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Process process;
  private final int port;
  private final Path directory;

  private DistributionBinary(Process process, int port, Path directory) {
    this.process = process;
    this.port = port;
    this.directory = directory;
  }

  /** Starts one without authentication; skips the test where it is not installed. */
  public static DistributionBinary start() {
    return start("");
  }

  /** Starts one that accepts this user only, with Basic authentication. */
  public static DistributionBinary withBasicAuth(String username, String password) {
    Programs.assumeInstalled(PROGRAM);
    try {
      Path accounts = Files.createTempFile("tare-test", ".htpasswd");
      Files.writeString(accounts, Programs.run("htpasswd", "-Bbn", username, password).strip());
      return start("auth: {htpasswd: {realm: test, path: " + accounts + "}}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one with further lines of configuration, for example {@code auth: …} or TLS. */
  public static DistributionBinary start(String configuration) {
    Programs.assumeInstalled(PROGRAM);
    try {
      Path directory = Files.createTempDirectory("tare-registry");
      int port = freePort();
      Path file = directory.resolve("config.yml");
      Files.writeString(
          file,
          """
          version: 0.1
          log: {level: error}
          storage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}
          http: {addr: "127.0.0.1:%d"}
          %s\
          """
              .formatted(directory.resolve("data"), port, configuration));
      Process process =
          new ProcessBuilder(PROGRAM, "serve", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      DistributionBinary registry = new DistributionBinary(process, port, directory);
      registry.awaitAnswer();
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String host() {
    return "localhost:" + port;
  }

  /** Where it keeps its content, for tests that damage it. */
  public Path storage() {
    return directory.resolve("data");
  }

  /** What it has logged so far: a line for each request, as web servers write it. */
  public String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (connected.isConnected()) {
          return;
        }
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IOException(
              PROGRAM + " ended: " + Files.readString(directory.resolve("log")), e);
        }
      }
      Thread.onSpinWait();
    }
    throw new IOException(PROGRAM + " does not answer on port " + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
