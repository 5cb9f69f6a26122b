package dev.tare.report.format;

import dev.tare.report.ReportInput;
import java.io.IOException;
import java.util.regex.Pattern;

/** One format. Safe for concurrent use: what belongs to one run is in its {@link OpenReport}. */
public interface ReportWriter {
  /** The word after {@code --format}: {@code html}. */
  String format();

  /**
   * Name of the main file inside the output directory: {@code index.html}; of the directory where
   * there is no main file.
   */
  String fileName();

  /** Whether that is a directory, with a file for each image. */
  default boolean isDirectory() {
    return false;
  }

  /**
   * Whether it lists findings that somebody works through one by one, so that those of little
   * severity can be left out of it.
   */
  default boolean listsFindings() {
    return false;
  }

  /**
   * All names that this format may use, with {@code /} between folders. A file of an earlier run
   * that matches and was not written again is removed.
   */
  default Pattern ownFiles() {
    return Pattern.compile(Pattern.quote(fileName()));
  }

  /**
   * Begins the report of a run.
   *
   * @param input what to report; the images are handed over later, one by one, so that one pass
   *     over the store serves every format
   * @param files where to write
   */
  OpenReport open(ReportInput input, ReportFiles files) throws IOException;
}
