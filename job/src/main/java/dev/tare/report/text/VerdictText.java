package dev.tare.report.text;

import dev.tare.finding.RunSummary;
import java.util.ArrayList;
import java.util.List;

/** What a run came to, in words. */
public final class VerdictText {
  private VerdictText() {}

  /** {@code 8 of 12 images fail}. */
  public static String of(RunSummary summary) {
    List<String> parts = new ArrayList<>();
    if (summary.failing() > 0) {
      parts.add(
          summary.failing()
              + " of "
              + counted(summary.images(), "image")
              + (summary.failing() == 1 ? " fails" : " fail"));
    }
    if (summary.unknown() > 0) {
      parts.add(summary.unknown() + " unknown");
    }
    if (summary.notInspected() > 0) {
      parts.add(summary.notInspected() + " not inspected");
    }
    if (!parts.isEmpty()) {
      return String.join(", ", parts);
    }
    return summary.images() == 0
        ? "nothing was judged"
        : counted(summary.images(), "image") + (summary.images() == 1 ? " complies" : " comply");
  }

  /** {@code 1 image}, {@code 2 images}. */
  public static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
