package dev.tare.cli.page;

import dev.tare.cli.Palette;
import dev.tare.cli.option.Context;
import dev.tare.cli.terminal.Bytes;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.finding.SmallerBase;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Smaller images beside a base, with the measured differences. */
public final class RelativesTable {
  private final PrintWriter out;
  private final Palette palette;
  private final int width;

  public RelativesTable(Context context) {
    this.out = context.terminal().out();
    this.palette = context.palette();
    this.width = context.terminal().width();
  }

  /**
   * Prints what there is.
   *
   * @param base what they are relatives of, as it is shown
   * @param name how an image is shown
   */
  public void print(String base, List<SmallerBase> relatives, UnaryOperator<String> name) {
    out.println();
    out.println(palette.bold("Smaller relatives of " + base + ", of all that runs have seen"));
    TextTable table =
        new TextTable()
            .flexibleColumn("IMAGE")
            .column("SIZE", Alignment.RIGHT)
            .column("LESS BY", Alignment.RIGHT)
            .column("PACKAGES", Alignment.RIGHT)
            .column("TOOLS", Alignment.RIGHT)
            .column("IN COMMON", Alignment.LEFT);
    for (SmallerBase relative : relatives) {
      List<String> common = new ArrayList<>(relative.runtimes());
      if (relative.sameOs()) {
        common.addFirst(String.valueOf(relative.os()));
      }
      table.row(
          new Cell(name.apply(relative.reference())),
          new Cell(Bytes.humanised(relative.sizeBytes())),
          new Cell(Bytes.humanised(relative.bytesLess())),
          new Cell(difference(relative.packagesLess())),
          new Cell(tools(relative)),
          new Cell(OneLine.of(String.join(", ", common))));
    }
    table.lines(width, palette).forEach(line -> out.println(line.stripTrailing()));
  }

  /** With the sign of what changes, {@code −93}; a question mark where it is not known. */
  private static String difference(@Nullable Integer less) {
    return less == null ? "?" : less == 0 ? "same" : less > 0 ? "−" + less : "+" + -less;
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
