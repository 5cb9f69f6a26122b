package dev.tare.batch;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes sure that reports can be written before hours are spent on what stands in them. */
final class OutputDirectory {
  private OutputDirectory() {}

  /**
   * Creates the directory where it is missing; throws USAGE where nothing can be written there or a
   * format is unknown.
   */
  static void check(OutputRequest output) {
    output.files();
    Path directory = output.directory();
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".tare", ".probe"));
    } catch (IOException e) {
      throw new TareException(
          FailureKind.USAGE,
          "write to output directory " + directory + ": " + FileReason.of(e),
          "Name a directory you may write to with --output.",
          e);
    }
  }
}
