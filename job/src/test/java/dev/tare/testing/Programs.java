package dev.tare.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that tests use as oracles; a test is skipped, with a word, without. */
public final class Programs {
  private static final long PATIENCE_SECONDS = 120;

  private Programs() {}

  /** Whether it is on the path, or where its own path says. */
  public static boolean isInstalled(String program) {
    if (program.contains("/")) {
      return Files.isExecutable(Path.of(program));
    }
    String path = System.getenv("PATH");
    return path != null
        && List.of(path.split(":")).stream()
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Skips the test where it is not installed. */
  public static void assumeInstalled(String program) {
    skipUnless(isInstalled(program), program + " is not installed");
  }

  /** Skips the test and prints why: the build's summary only counts what was skipped. */
  public static void skipUnless(boolean holds, String why) {
    if (!holds) {
      System.out.println("Test skipped: " + why);
    }
    Assumptions.assumeTrue(holds, why);
  }

  /** Runs it to its end and returns what it printed; fails where it fails. */
  public static String run(String... command) {
    if (!command[0].contains("/")) {
      assumeInstalled(command[0]);
    }
    try {
      Path output = Files.createTempFile("tare-test", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(String.join(" ", command) + ": still running");
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
          throw new IllegalStateException(
              String.join(" ", command) + ": exit " + process.exitValue() + ": " + printed);
        }
        return printed;
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
