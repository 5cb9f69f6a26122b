package dev.tare.cli.page;

import dev.tare.cli.Palette;
import dev.tare.cli.option.Context;
import dev.tare.finding.ActionKind;
import dev.tare.finding.RuleDoc;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One rule's documentation at the terminal. */
public final class RulePage {
  private static final int WIDEST = 92;

  private final PrintWriter out;
  private final Palette palette;
  private final int width;

  public RulePage(Context context) {
    this.out = context.terminal().out();
    this.palette = context.palette();
    this.width = Math.min(WIDEST, context.terminal().width());
  }

  public void print(RuleDoc rule) {
    out.println(
        palette.bold(rule.id())
            + "  "
            + palette.severity(rule.severity(), rule.severity().word())
            + "  "
            + rule.title());
    section("", rule.description());
    section("Why", rule.rationale());
    boolean said = rule.action() != ActionKind.OTHER;
    section("What to do" + (said ? " (" + rule.action().word() + ")" : ""), rule.remediation());
    if (!rule.controls().isEmpty()) {
      heading("Controls");
      for (Map.Entry<String, List<String>> entry : new TreeMap<>(rule.controls()).entrySet()) {
        out.println("  " + entry.getKey() + " " + String.join(", ", entry.getValue()));
      }
    }
    if (!rule.relatedResources().isEmpty()) {
      heading("See");
      rule.relatedResources().forEach(resource -> out.println("  " + resource));
    }
  }

  private void section(String heading, String text) {
    if (text.isBlank()) {
      return;
    }
    if (heading.isEmpty()) {
      out.println();
    } else {
      heading(heading);
    }
    wrapped(text, width - 2).forEach(line -> out.println("  " + line));
  }

  private void heading(String heading) {
    out.println();
    out.println(palette.bold(heading));
  }

  /** Words filled into lines of this width. */
  public static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
