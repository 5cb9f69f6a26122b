package dev.tare.report;

import dev.tare.report.format.ReportWriter;
import java.util.List;

/** Reports in formats that a test has made itself, with its own limits and frameworks. */
public final class ChosenFormats {
  private ChosenFormats() {}

  public static Reports of(ReportWriter... writers) {
    return new Reports(List.of(writers));
  }
}
