package dev.tare.registry.login;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.registry.RegistryCredential;
import dev.tare.stop.StopSignal;
import dev.tare.stop.StoppedException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a program {@code docker-credential-NAME} for a login: for so long at most, and no longer
 * than until the process is to end. Where it does not answer, it is ended with what it started.
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

  private static final int SHOWN = 200;

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
    Heard out = Heard.of(process.getInputStream());
    Heard err = Heard.of(process.getErrorStream());
    if (!ends(process, helper.server())) {
      throw failed(action, "no answer within " + limit.toSeconds() + " s", program, helper);
    }
    String answer = out.text();
    if (process.exitValue() == 0) {
      return Optional.of(parse(answer, action, program, helper));
    }
    String words = (answer.isBlank() ? err.text() : answer).strip();
    if (words.toLowerCase(Locale.ROOT).contains(NONE)) {
      return Optional.empty();
    }
    throw failed(action, "status " + process.exitValue() + shown(words), program, helper);
  }

  /**
   * Tells it what is asked for, and waits for its end. What it has left running is its own, as an
   * agent that it starts; where it does not end, it is ended with all that it started.
   */
  private boolean ends(Process process, String server) {
    boolean ended = false;
    StopSignal.Registration cut = stop.onRaise(() -> end(process));
    try {
      tell(process, server);
      ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException("interrupted");
    } finally {
      cut.close();
      if (!ended) {
        end(process);
      }
    }
    stop.check();
    return ended;
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

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
