package dev.tare.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of a test's own, the programs of Debian's package {@code postgresql}. */
public final class PostgresBinary implements AutoCloseable {
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> command;
  private final Path directory;
  private final int port;
  private Process process;

  private PostgresBinary(List<String> command, Path directory, int port) throws IOException {
    this.command = command;
    this.directory = directory;
    this.port = port;
    this.process = serve();
  }

  /** Starts one that is empty; skips the test where it is not installed. */
  public static PostgresBinary start() {
    try {
      Optional<Path> programs = programs();
      Programs.skipUnless(programs.isPresent(), "PostgreSQL is not installed");
      List<String> account = account();
      Path directory = Files.createTempDirectory("tare-postgres");
      if (!account.isEmpty()) {
        Files.setOwner(
            directory,
            directory
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName("postgres"));
      }
      Path data = directory.resolve("data");
      List<String> initialise = new ArrayList<>(account);
      initialise.addAll(
          List.of(
              programs.orElseThrow().resolve("initdb").toString(),
              "--pgdata=" + data,
              "--auth=trust",
              "--username=tare",
              "--encoding=UTF8",
              "--locale=C",
              "--no-sync"));
      Programs.run(initialise.toArray(String[]::new));
      int port = freePort();
      List<String> serve = new ArrayList<>(account);
      serve.addAll(
          List.of(
              programs.orElseThrow().resolve("postgres").toString(),
              "-D",
              data.toString(),
              "-k",
              directory.toString(),
              "-h",
              "127.0.0.1",
              "-p",
              Integer.toString(port),
              "-c",
              "fsync=off"));
      PostgresBinary server = new PostgresBinary(serve, directory, port);
      server.awaitAnswer();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process serve() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Breaks all connections and answers again soon. */
  public void restart() throws IOException, InterruptedException {
    // An interrupt is its fast shutdown: it waits for nobody.
    Programs.run("sh", "-c", "kill -INT " + process.pid());
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("PostgreSQL does not end");
    }
    process = serve();
    awaitAnswer();
  }

  /** Of a new schema in its only database. */
  public String jdbcUrl(String schema) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
    }
    return jdbcUrl() + "&currentSchema=" + schema;
  }

  /** Of its only database. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=tare";
  }

  @Override
  public void close() {
    if (Files.notExists(directory)) {
      return; // It was ended in the middle of a test.
    }
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
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

  private static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  /** PostgreSQL refuses to run as root: then as the account of its package. */
  private static List<String> account() {
    return System.getProperty("user.name").equals("root")
        ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
        : List.of();
  }

  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    SQLException last = null;
    while (System.nanoTime() < end && process.isAlive()) {
      try (Connection connection = DriverManager.getConnection(jdbcUrl())) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException e) {
        last = e;
        pause();
      }
    }
    throw new IOException("PostgreSQL does not answer on port " + port, last);
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
