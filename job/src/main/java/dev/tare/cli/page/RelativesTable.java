package dev.tare.cli.page;

import dev.tare.cli.Palette;
import dev.tare.cli.option.Context;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.MatchedVulnerabilities;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.SmallerBase;
import dev.tare.text.Bytes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A base beside smaller images: size, packages, known vulnerabilities, tools. */
public final class RelativesTable {
  private static final Set<String> GRAVE = Set.of("critical", "high");

  private final PrintWriter out;
  private final Palette palette;
  private final int width;

  public RelativesTable(Context context) {
    this.out = context.terminal().out();
    this.palette = context.palette();
    this.width = context.terminal().width();
  }

  /**
   * Prints the base and below it what there is.
   *
   * @param title the base, as it is shown
   * @param name how an image is shown
   */
  public void print(String title, ReportedBase base, UnaryOperator<String> name) {
    out.println();
    out.println(palette.bold("Smaller relatives of " + title + ", of all that runs have seen"));
    boolean matched = base.vulnerabilities() != null;
    TextTable table =
        new TextTable()
            .flexibleColumn("IMAGE")
            .column("SIZE", Alignment.RIGHT)
            .column("PACKAGES", Alignment.RIGHT);
    if (matched) {
      table
          .column("VULN", Alignment.RIGHT)
          .spareColumn("CRIT+HIGH", Alignment.RIGHT)
          .column("FIXABLE", Alignment.RIGHT);
    }
    table.spareColumn("TOOLS", Alignment.RIGHT).spareColumn("IN COMMON", Alignment.LEFT);
    Integer packages = base.packages();
    table.row(
        cells(
            title,
            base.sizeBytes(),
            packages,
            matched,
            base.vulnerabilities(),
            Known.text(base.tools()),
            ""));
    for (SmallerBase relative : base.smaller()) {
      List<String> common = new ArrayList<>(relative.runtimes());
      if (relative.sameOs()) {
        common.addFirst(String.valueOf(relative.os()));
      }
      Integer less = relative.packagesLess();
      table.row(
          cells(
              name.apply(relative.reference()),
              relative.sizeBytes(),
              packages == null || less == null ? null : Integer.valueOf(packages - less),
              matched,
              relative.vulnerabilities(),
              tools(relative),
              OneLine.of(String.join(", ", common))));
    }
    table.lines(width, palette).forEach(line -> out.println(line.stripTrailing()));
    if (matched) {
      notes(base).forEach(note -> out.println(palette.dim(note)));
    }
  }

  private static Cell[] cells(
      String image,
      long sizeBytes,
      @Nullable Integer packages,
      boolean matched,
      @Nullable MatchedVulnerabilities found,
      String tools,
      String common) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(image));
    cells.add(new Cell(Bytes.humanised(sizeBytes)));
    cells.add(new Cell(Known.text(packages)));
    if (matched) {
      cells.add(new Cell(found == null ? "?" : sum(found, found.counts())));
      cells.add(new Cell(found == null ? "?" : sum(found, grave(found.counts()))));
      cells.add(new Cell(found == null ? "?" : sum(found, found.fixable())));
    }
    cells.add(new Cell(tools));
    cells.add(new Cell(common));
    return cells.toArray(Cell[]::new);
  }

  /** With a sign that there may be more where not all packages are covered. */
  private static String sum(MatchedVulnerabilities found, Map<String, Integer> numbers) {
    return found.known()
        ? (found.why().isEmpty() ? "" : "≥") + Vulnerabilities.sum(numbers)
        : Known.text(null);
  }

  private static Map<String, Integer> grave(Map<String, Integer> numbers) {
    Map<String, Integer> grave = new HashMap<>(numbers);
    grave.keySet().retainAll(GRAVE);
    return grave;
  }

  /** What keeps the numbers from being compared. */
  private static List<String> notes(ReportedBase base) {
    List<@Nullable MatchedVulnerabilities> all = new ArrayList<>();
    all.add(base.vulnerabilities());
    base.smaller().forEach(relative -> all.add(relative.vulnerabilities()));
    List<String> notes = new ArrayList<>();
    Set<Boolean> kinds = new HashSet<>();
    Set<String> why = new TreeSet<>();
    for (MatchedVulnerabilities one : all) {
      if (one == null) {
        why.add("matched with other feeds, or never: scan it again");
      } else {
        why.addAll(one.why());
        if (one.known() && one.listsUnfixed() != null) {
          kinds.add(one.listsUnfixed());
        }
      }
    }
    if (kinds.size() > 1) {
      notes.add("Some feeds list only what is fixed, others the rest too: compare FIXABLE.");
    } else if (kinds.contains(false)) {
      notes.add("The feeds list only what is fixed.");
    }
    if (!why.isEmpty()) {
      notes.add("Not known: " + OneLine.of(String.join("; ", why)));
    }
    return notes;
  }

  private static String tools(SmallerBase relative) {
    Set<String> gone = relative.toolsGone();
    Set<String> added = relative.toolsNew();
    if (gone == null || added == null) {
      return "?";
    }
    if (gone.isEmpty() && added.isEmpty()) {
      return "same";
    }
    return (gone.isEmpty() ? "" : "−" + gone.size())
        + (gone.isEmpty() || added.isEmpty() ? "" : " ")
        + (added.isEmpty() ? "" : "+" + added.size());
  }
}
