package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code opa} on the {@code PATH}. */
final class OpaProgram {
  private static final long PATIENCE_SECONDS = 120;

  private final String what;

  /** {@code what} names the sources in errors. */
  OpaProgram(String what) {
    this.what = what;
  }

  /**
   * Runs a command and gives what it wrote.
   *
   * @throws TareException of kind USAGE where it failed, with what it said, or where there is none
   */
  String run(Path directory, String... arguments) {
    List<String> command = new ArrayList<>(List.of("opa"));
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
      String text = Files.readString(output, StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new TareException(
            FailureKind.USAGE,
            "compile " + what + ": " + String.join("; ", text.strip().split("\\s*\\R\\s*", -1)),
            "Mend the source; built-in functions that WebAssembly here does not have are left out"
                + " of policies/capabilities.json.");
      }
      return text;
    } catch (IOException e) {
      throw new TareException(
          FailureKind.USAGE,
          "compile " + what + ": opa is not on the PATH",
          "Get it from https://www.openpolicyagent.org/docs/#1-download-opa, or give a compiled"
              + " bundle.",
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
