package dev.tare.cli.page;

import dev.tare.cli.Palette;
import dev.tare.cli.option.Context;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.diff.ImageDiff;
import dev.tare.rebase.Effect;
import dev.tare.rebase.Obstacle;
import dev.tare.rebase.Rebase;
import dev.tare.rebase.RebasedImages;
import dev.tare.rebase.RebasedImages.NotRebased;
import dev.tare.rebase.VulnerabilityChange;
import dev.tare.rebase.Words;
import dev.tare.text.Bytes;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Images on other bases, at the terminal. */
public final class RebasePage {
  /** Of lists that may be long. */
  private static final int MOST = 25;

  private final PageText text;
  private final DiffPage difference;
  private final PrintWriter out;
  private final Palette palette;

  public RebasePage(Context context) {
    text = new PageText(context);
    difference = new DiffPage(context);
    out = context.terminal().out();
    palette = context.palette();
  }

  /**
   * Prints them.
   *
   * @param brief in a table, a line each
   */
  public void print(RebasedImages rebased, boolean brief) {
    if (brief) {
      table(rebased);
    } else {
      rebased.images().forEach(this::print);
    }
  }

  private void print(Rebase rebase) {
    text.line("Image", rebase.image() + "  " + rebase.platform());
    text.line("From", rebase.from());
    text.line("Onto", rebase.onto());
    text.line(
        "Own", Counted.of(rebase.ownLayers(), "layer") + ", " + Bytes.humanised(rebase.ownBytes()));
    text.line("Predicted", Words.of(rebase.standing()));
    list("Against it", rebase.obstacles().stream().map(Obstacle::text).toList());
    list("Not known", rebase.notKnown());
    ImageDiff diff = rebase.diff();
    if (diff == null) {
      list("Packages of own layers", rebase.ownPackages());
      out.println();
      return;
    }
    vulnerabilities(rebase.vulnerabilities());
    out.println();
    difference.print(diff);
  }

  private void list(String heading, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    text.heading(heading);
    items.stream().limit(MOST).forEach(item -> text.line("–", item));
    text.more(items.size() - MOST);
  }

  private void vulnerabilities(@Nullable VulnerabilityChange change) {
    if (change == null) {
      return;
    }
    text.heading("Vulnerabilities");
    text.line("Ended", Words.bySeverity(change.ended()));
    text.line("New", Words.bySeverity(change.added()));
    if (!change.whole()) {
      text.line(
          "",
          "Not all packages were matched, or not all by feeds of one kind: tare inspect says why");
    }
  }

  private void table(RebasedImages rebased) {
    TextTable table =
        new TextTable()
            .flexibleColumn("IMAGE")
            .column("PREDICTED", Alignment.LEFT)
            .column("SIZE", Alignment.RIGHT)
            .column("CHANGE", Alignment.RIGHT)
            .column("ENDS", Alignment.RIGHT)
            .column("NEW", Alignment.RIGHT)
            .column("AGAINST", Alignment.RIGHT);
    rebased.images().forEach(rebase -> row(table, rebase));
    text.table(table);
    if (rebased.images().isEmpty() && rebased.notRebased().isEmpty()) {
      out.println(palette.dim("No image of the last scan is built on it."));
    }
    for (NotRebased not : rebased.notRebased()) {
      text.line("Not", OneLine.of(not.reason()));
    }
  }

  private static void row(TextTable table, Rebase rebase) {
    ImageDiff diff = rebase.diff();
    Effect effect = diff == null ? null : Effect.of(diff);
    Long before = effect == null ? null : effect.before();
    Long after = effect == null ? null : effect.after();
    table.row(
        new Cell(OneLine.of(rebase.image())),
        new Cell(Words.brief(rebase.standing())),
        new Cell(after == null ? "" : Bytes.humanised(after)),
        new Cell(before == null || after == null ? "" : change(after - before)),
        new Cell(effect == null ? "" : number(effect.ended())),
        new Cell(effect == null ? "" : number(effect.added())),
        new Cell(number(rebase.obstacles().size())));
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String change(long bytes) {
    return bytes == 0 ? "=" : (bytes < 0 ? "−" : "+") + Bytes.humanised(Math.abs(bytes));
  }
}
