package dev.tare.report;

import dev.tare.finding.RunResults;
import java.io.IOException;
import java.nio.file.Path;

/** Writes one format. */
public interface ReportWriter {
  /** The word after {@code --format}: {@code html}. */
  String format();

  /** Name of the main file inside the output directory: {@code index.html}. */
  String fileName();

  /**
   * Writes the run's results to this file, streaming; the caller provides a temporary file and
   * moves it into place.
   */
  void write(RunResults results, Path file) throws IOException;
}
