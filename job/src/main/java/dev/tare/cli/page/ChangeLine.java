package dev.tare.cli.page;

import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import java.util.ArrayList;
import java.util.List;

/** One line that says what changed since an earlier run. */
public final class ChangeLine {
  private ChangeLine() {}

  /** {@code Since 20261120-020000-1a2b: 3 new, 5 fixed, 40 unchanged; 2 waived since}. */
  public static String of(Comparison since) {
    List<String> rest = new ArrayList<>();
    add(rest, since.count(FindingChange.WAIVED), " waived since");
    add(rest, since.count(FindingChange.UNKNOWN), " could not be answered");
    add(rest, since.count(FindingChange.GONE), " no longer covered");
    return "Since "
        + since.earlier().id()
        + ": "
        + since.count(FindingChange.NEW)
        + " new, "
        + since.count(FindingChange.FIXED)
        + " fixed, "
        + since.count(FindingChange.UNCHANGED)
        + " unchanged"
        + (rest.isEmpty() ? "" : "; " + String.join(", ", rest));
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(count + what);
    }
  }
}
