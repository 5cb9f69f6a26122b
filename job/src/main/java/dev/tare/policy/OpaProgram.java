package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The {@code opa} on the {@code PATH}. */
final class OpaProgram {
  private static final long PATIENCE_SECONDS = 120;
  private static final String DOWNLOAD =
      "Get it from https://www.openpolicyagent.org/docs/#1-download-opa";

  /** The first version with template strings, which the library's texts are. */
  private static final int MAJOR = 1;

  private static final int MINOR = 12;
  private static final Pattern VERSION =
      Pattern.compile("(?m)^Version: (?<all>(?<major>\\d{1,4})\\.(?<minor>\\d{1,4})\\S*)");

  /** Lines that count errors or point at a column, which one line of them all has no use for. */
  private static final Pattern UNSAYING = Pattern.compile("\\^*|\\d+ errors? occurred:");

  private final String what;
  private final String program;

  /** {@code what} names the sources in errors. */
  OpaProgram(String what) {
    this(what, "opa");
  }

  /** The same, of another name. */
  OpaProgram(String what, String program) {
    this.what = what;
    this.program = program;
  }

  /**
   * What a command wrote.
   *
   * @param status that it ended with
   */
  record Answer(int status, String text) {}

  /**
   * Runs a command and gives what it wrote.
   *
   * @throws TareException of kind USAGE where it failed, with what it said, or where there is none
   */
  String run(Path directory, String... arguments) {
    Answer answer = answer(directory, arguments);
    if (answer.status() != 0) {
      throw failed(answer);
    }
    return answer.text();
  }

  /** A command that failed, with what it said; or that the program is too old, where it is. */
  TareException failed(Answer answer) {
    return outdated()
        .orElseGet(() ->
            refused(
                answer,
                "Fix the source. Built-in functions that need a clock, a network or chance do not"
                    + " exist in WebAssembly here."));
  }

  private Optional<TareException> outdated() {
    Matcher version = VERSION.matcher(answer(Path.of("."), "version").text());
    if (!version.find()
        || Integer.parseInt(version.group("major")) * 10_000
                + Integer.parseInt(version.group("minor"))
            >= MAJOR * 10_000 + MINOR) {
      return Optional.empty();
    }
    return Optional.of(
        new TareException(
            FailureKind.USAGE,
            "compile "
                + what
                + ": opa "
                + version.group("all")
                + " is too old, expected "
                + MAJOR
                + "."
                + MINOR
                + " or later",
            DOWNLOAD + ", put it on the PATH, or give a compiled bundle."));
  }

  /** A command that did not accept the sources, with what it said. */
  TareException refused(Answer answer, String hint) {
    return new TareException(
        FailureKind.USAGE,
        "compile "
            + what
            + ": "
            + answer
                .text()
                .lines()
                .map(String::strip)
                .filter(line -> !UNSAYING.matcher(line).matches())
                .collect(Collectors.joining("; ")),
        hint);
  }

  /**
   * Runs a command.
   *
   * @throws TareException of kind USAGE where there is no {@code opa}, or it takes too long
   */
  Answer answer(Path directory, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    Path output = null;
    try {
      output = Files.createTempFile("tare-opa", ".out");
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new TareException(
            FailureKind.USAGE,
            "compile " + what + ": opa took longer than " + PATIENCE_SECONDS + " s");
      }
      return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new TareException(
          FailureKind.USAGE,
          "compile " + what + ": " + program + " is not on the PATH",
          DOWNLOAD + ", put it on the PATH, or give a compiled bundle.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TareException(
          FailureKind.ENVIRONMENT, "compile " + what + ": interrupted", null, e);
    } finally {
      deleteQuietly(output);
    }
  }

  private static void deleteQuietly(@org.jspecify.annotations.Nullable Path file) {
    if (file != null && !file.toFile().delete()) {
      file.toFile().deleteOnExit();
    }
  }
}
