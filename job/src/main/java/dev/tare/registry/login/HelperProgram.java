package dev.tare.registry.login;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.registry.RegistryCredential;
import dev.tare.stop.StopSignal;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a program {@code docker-credential-NAME} for a login: for so long at most, and no longer
 * than until the process is to end. What it started is ended with it.
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers#development">Docker's
 *     protocol</a>
 */
public final class HelperProgram {
  /** The program is not there. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** What all helpers say that are made with Docker's library. */
  private static final String NONE = "credentials not found";

  private static final int LONGEST_BYTES = 1024 * 1024;
  private static final int SHOWN = 200;

  /** For what it wrote before it ended, where something that it started holds its output open. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final List<String> path;
  private final Duration limit;
  private final StopSignal stop;

  /**
   * Asks so.
   *
   * @param environment with the {@code PATH} on which programs are looked for
   * @param limit of an answer: some ask a cloud's server, or a person
   */
  public HelperProgram(Map<String, String> environment, Duration limit, StopSignal stop) {
    this.path = List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator));
    this.limit = limit;
    this.stop = stop;
  }

  /**
   * What it has for a server; empty where it has none.
   *
   * @param from what names the helper
   */
  Optional<RegistryCredential> ask(LoginFile.Helper helper, String from) throws Missing {
    String program = "docker-credential-" + helper.name();
    String action = "ask " + program + " (" + from + ") for the login of " + helper.server();
    Path file = find(program).orElseThrow(() -> new Missing(action));
    Process process;
    try {
      process = new ProcessBuilder(file.toString(), "get").start();
    } catch (IOException e) {
      throw failed(action, "it cannot be started: " + e.getMessage(), program, helper);
    }
    CompletableFuture<String> out = said(process.getInputStream());
    CompletableFuture<String> err = said(process.getErrorStream());
    boolean ended;
    StopSignal.Registration cut = stop.onRaise(() -> end(process));
    try {
      tell(process, helper.server());
      ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = false;
    } finally {
      cut.close();
    }
    end(process);
    stop.check();
    if (!ended) {
      throw failed(action, "no answer within " + limit.toSeconds() + " s", program, helper);
    }
    String answer = text(out);
    if (process.exitValue() == 0) {
      return Optional.of(parse(answer, action, program, helper));
    }
    String words = (answer.isBlank() ? text(err) : answer).strip();
    if (words.toLowerCase(Locale.ROOT).contains(NONE)) {
      return Optional.empty();
    }
    throw failed(action, "status " + process.exitValue() + shown(words), program, helper);
  }

  private Optional<Path> find(String program) {
    return path.stream()
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void tell(Process process, String server) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(server.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It does not listen; its answer says what is wrong.
    }
  }

  /** The first line, without what may be a secret. */
  private static String shown(String words) {
    String line = words.lines().findFirst().orElse("");
    if (line.isEmpty() || line.startsWith("{")) {
      return "";
    }
    return ": " + (line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line);
  }

  private static RegistryCredential parse(
      String answer, String action, String program, LoginFile.Helper helper) {
    JsonNode document;
    try {
      document = MAPPER.readTree(answer);
    } catch (JacksonException e) {
      // Its message quotes the answer.
      throw failed(action, "the answer is not JSON", program, helper);
    }
    String username = document.path("Username").asString("");
    String secret = document.path("Secret").asString("");
    if (username.isEmpty() || secret.isEmpty()) {
      throw failed(action, "the answer has no Username and Secret", program, helper);
    }
    return new RegistryCredential(username, secret);
  }

  private static TareException failed(
      String action, String reason, String program, LoginFile.Helper helper) {
    return new TareException(
        FailureKind.ENVIRONMENT,
        action + ": " + reason,
        "Try it: echo "
            + helper.server()
            + " | "
            + program
            + " get; or set TARE_REGISTRY_USERNAME and TARE_REGISTRY_PASSWORD.");
  }

  private static CompletableFuture<String> said(InputStream stream) {
    CompletableFuture<String> said = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("credential helper")
        .start(() -> {
          try (stream) {
            said.complete(new String(stream.readNBytes(LONGEST_BYTES), StandardCharsets.UTF_8));
          } catch (IOException e) {
            said.complete("");
          }
        });
    return said;
  }

  private static String text(CompletableFuture<String> said) {
    try {
      return said.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
