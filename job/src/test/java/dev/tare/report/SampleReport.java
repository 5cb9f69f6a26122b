package dev.tare.report;

import dev.tare.testing.SampleRun;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the sample reports into a directory, to look at: {@code SampleReport DIRECTORY [IMAGES
 * [FORMAT...]]}.
 */
final class SampleReport {
  private SampleReport() {}

  /** Runs. */
  public static void main(String[] args) {
    Reports reports = new Reports();
    reports.write(
        args.length > 1 ? SampleRun.of(Integer.parseInt(args[1])) : SampleRun.small(),
        Path.of(args[0]),
        args.length > 2 ? List.of(args).subList(2, args.length) : reports.formats());
  }
}
