package dev.tare.cli.page;

import dev.tare.cli.Palette;
import dev.tare.cli.option.Context;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parts a page of facts is made of: labelled lines, headings, words under labels, tables. */
public final class PageText {
  private static final int LABEL = 12;

  private final PrintWriter out;
  private final Palette palette;
  private final int width;

  public PageText(Context context) {
    this(context.terminal().out(), context.palette(), context.terminal().width());
  }

  public PageText(PrintWriter out, Palette palette, int width) {
    this.out = out;
    this.palette = palette;
    this.width = width;
  }

  /** A title, with nothing before it. */
  void title(String text) {
    out.println(palette.bold(OneLine.of(text)));
  }

  void heading(String text) {
    out.println();
    out.println(palette.bold(text));
  }

  void empty() {
    out.println();
  }

  void line(String label, String value) {
    String name = label + " ".repeat(Math.max(1, LABEL - label.length()));
    List<String> lines = RulePage.wrapped(OneLine.of(value), width - name.length() - 2);
    for (int i = 0; i < lines.size(); i++) {
      out.println("  " + (i == 0 ? palette.dim(name) : " ".repeat(name.length())) + lines.get(i));
    }
  }

  /** Words under labels that all have the same width. */
  void paragraphs(Map<String, Set<String>> texts) {
    int indent = texts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    texts.forEach((label, words) -> {
      List<String> lines =
          RulePage.wrapped(OneLine.of(String.join(" ", words)), width - indent - 2);
      for (int i = 0; i < lines.size(); i++) {
        String first = i == 0 ? label : "";
        out.println("  " + palette.dim(first + " ".repeat(indent - first.length())) + lines.get(i));
      }
    });
  }

  /** One element of a list. */
  void row(String value) {
    out.println("  " + TextTable.shortened(OneLine.of(value), width - 2));
  }

  void table(TextTable table) {
    table.lines(width, palette).forEach(line -> out.println(line.stripTrailing()));
  }

  /** Says that a list goes on. */
  void more(int left) {
    if (left > 0) {
      out.println(palette.dim("  … and " + left + " more: --format json lists all"));
    }
  }
}
