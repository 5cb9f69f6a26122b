package dev.tare.app;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Turns what {@code --state} says into a JDBC URL. */
final class StateLocation {
  private StateLocation() {}

  /**
   * The URL of the database; a directory is created where it is missing.
   *
   * <p>The embedded database closes when Tare closes it, not when the process is asked to stop.
   */
  static String jdbcUrl(String state) {
    if (state.startsWith("jdbc:")) {
      if (!state.startsWith("jdbc:postgresql:") && !state.startsWith("jdbc:h2:")) {
        throw new TareException(
            FailureKind.USAGE,
            "state "
                + state.substring(0, state.indexOf(':', 5) + 1)
                + "…: not a database Tare knows",
            "Use a directory, or a jdbc:postgresql: URL.");
      }
      return state;
    }
    Path directory = Path.of(state).toAbsolutePath();
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "create state directory " + directory + ": " + FileReason.of(e),
          "Name a directory you may write to with --state.",
          e);
    }
    if (!Files.isWritable(directory)) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "write to state directory " + directory + ": permission denied",
          "Name a directory you may write to with --state.");
    }
    return "jdbc:h2:file:"
        + directory.resolve("tare")
        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
        + ";TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE";
  }
}
