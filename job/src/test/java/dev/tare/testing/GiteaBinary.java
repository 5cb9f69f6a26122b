package dev.tare.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Gitea of a test's own: the program that the environment variable {@code GITEA} names, built of
 * the source in {@code GITEA_SRC}.
 */
public final class GiteaBinary implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path directory;
  private final List<String> program;
  private final int port;
  private final Process process;
  private final String token;

  private GiteaBinary(Path directory, List<String> program, int port) throws IOException {
    this.directory = directory;
    this.program = program;
    this.port = port;
    this.process =
        new ProcessBuilder(command("web"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    await();
    Programs.run(
        command(
                "admin",
                "user",
                "create",
                "--username",
                "bot",
                "--password",
                "bot12345",
                "--email",
                "b@example.com",
                "--admin",
                "--must-change-password=false")
            .toArray(String[]::new));
    token =
        Programs.run(
                command(
                        "admin",
                        "user",
                        "generate-access-token",
                        "--username",
                        "bot",
                        "--token-name",
                        "t",
                        "--scopes",
                        "all",
                        "--raw")
                    .toArray(String[]::new))
            .lines()
            .reduce((first, second) -> second)
            .orElseThrow()
            .strip();
  }

  /** Starts one that is empty; skips the test where there is none. */
  public static GiteaBinary start() throws IOException {
    String program = System.getenv("GITEA");
    Programs.skipUnless(
        program != null && Files.isExecutable(Path.of(program)),
        "GITEA names no program of Gitea (docs/development.md says how to build it)");
    String source = System.getenv("GITEA_SRC");
    Path sources = source == null ? Path.of(program).resolveSibling("src") : Path.of(source);
    Path directory = Files.createTempDirectory("tare-gitea");
    Files.createDirectories(directory.resolve("custom/conf"));
    boolean root = System.getProperty("user.name").equals("root");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Files.writeString(
        directory.resolve("custom/conf/app.ini"),
        """
        RUN_USER = %s
        RUN_MODE = prod
        [server]
        HTTP_ADDR = 127.0.0.1
        HTTP_PORT = %d
        ROOT_URL = http://127.0.0.1:%d/
        DISABLE_SSH = true
        OFFLINE_MODE = true
        STATIC_ROOT_PATH = %s
        [database]
        DB_TYPE = sqlite3
        PATH = %s/gitea.db
        [security]
        INSTALL_LOCK = true
        SECRET_KEY = 0123456789
        [repository]
        ROOT = %s/repositories
        [log]
        LEVEL = warn
        """
            .formatted(
                root ? "nobody" : System.getProperty("user.name"),
                port,
                port,
                sources,
                directory,
                directory));
    List<String> command = new ArrayList<>();
    if (root) { // It refuses to run as root.
      Programs.run("chown", "-R", "nobody", directory.toString());
      command.addAll(List.of("runuser", "-u", "nobody", "--"));
    }
    // Where the tests run may be closed to nobody, and git looks at where it is.
    command.addAll(List.of("env", "-C", directory.toString(), "HOME=" + directory));
    command.addAll(List.of("GITEA_WORK_DIR=" + directory, program));
    return new GiteaBinary(directory, command, port);
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    command.addAll(List.of("-c", directory.resolve("custom/conf/app.ini").toString()));
    return command;
  }

  private void await() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        get("/version");
        return;
      } catch (IOException e) {
        pause();
      }
    }
    throw new IOException("Gitea does not start: " + Files.readString(directory.resolve("log")));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The address of a new repository of this name. */
  public String repository(String name) throws IOException {
    call("POST", "/user/repos", "{\"name\": \"" + name + "\"}");
    return "http://127.0.0.1:" + port + "/bot/" + name;
  }

  public String token() {
    return token;
  }

  /** Asks its API. */
  public JsonNode get(String path) throws IOException {
    return call("GET", path, "");
  }

  /** Asks its API for a change. */
  public JsonNode call(String method, String path, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "token " + token);
    }
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IOException(
            method + " " + path + ": " + answer.statusCode() + " " + answer.body());
      }
      return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
