package dev.tare.cli.page;

import dev.tare.cli.option.Context;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import dev.tare.policy.PolicyWorkshop.UsableBundle;
import java.io.PrintWriter;
import java.util.stream.Stream;

/** A bundle that can be used, and its rules. */
public final class BundleLine {
  private BundleLine() {}

  public static void print(Context context, UsableBundle bundle) {
    if (context.options().quiet) {
      return;
    }
    PolicyRevision revision = bundle.revision();
    PrintWriter out = context.terminal().out();
    out.println(
        revision.name()
            + (revision.revision().isEmpty() ? "" : " " + revision.revision())
            + ": usable, "
            + Counted.of(bundle.rules().size(), "rule")
            + ", "
            + revision.digest());
    int width = bundle.rules().stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
    for (RuleDoc rule : bundle.rules()) {
      String severity = rule.severity().word();
      out.println(
          "  "
              + rule.id()
              + " ".repeat(width - rule.id().length() + 2)
              + context.palette().severity(rule.severity(), severity)
              + " ".repeat(SEVERITY_WIDTH - severity.length())
              + OneLine.of(rule.title()));
    }
  }

  private static final int SEVERITY_WIDTH =
      2
          + Stream.of(dev.tare.finding.Severity.values())
              .mapToInt(severity -> severity.word().length())
              .max()
              .orElse(0);
}
