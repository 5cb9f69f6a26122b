package dev.tare.cli.page;

import dev.tare.cli.Palette;
import dev.tare.cli.option.Context;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.diff.ComparedImage;
import dev.tare.diff.ImageDiff;
import dev.tare.facts.Image;
import dev.tare.facts.Layer;
import dev.tare.inspect.FileDifferences;
import dev.tare.inspect.FileTree;
import dev.tare.text.Bytes;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What differs between two images, at the terminal. */
public final class DiffPage {
  /** Of lists that may be long. */
  private static final int MOST = 25;

  /** What stands in front of a name. */
  private static final int LABEL = 14;

  private final PageText text;
  private final FileTreePage tree;
  private final PrintWriter out;
  private final Palette palette;
  private final int width;

  public DiffPage(Context context) {
    text = new PageText(context);
    tree = new FileTreePage(context);
    out = context.terminal().out();
    palette = context.palette();
    width = context.terminal().width();
  }

  /** Prints one comparison. */
  public void print(ImageDiff diff) {
    image("Before", diff.before());
    image("After", diff.after());
    sizes(diff.sizes());
    layers(diff);
    values("Packages", diff.packages());
    values("Tools", diff.tools());
    if (diff.vulnerabilitiesAreKnown()) {
      values("Vulnerabilities", diff.vulnerabilities());
    } else {
      heading("Vulnerabilities", "not known of both");
    }
    values("Configuration", diff.configuration());
    findings(diff.findings());
    files(diff.files());
    if (!diff.notMeasured().isEmpty()) {
      out.println();
      text.line("Not whole", String.join(", ", diff.notMeasured()) + ": tare inspect says why");
    }
    out.println();
  }

  private void image(String label, ComparedImage image) {
    Image facts = image.facts().image();
    String digest = Known.text(facts.digest());
    text.line(label, TextTable.shortened(OneLine.of(image.name()), width - LABEL));
    text.line("", digest.substring(0, Math.min(19, digest.length())) + "  " + facts.platform());
  }

  private void sizes(List<ImageDiff.Quantity> sizes) {
    out.println();
    TextTable table =
        new TextTable()
            .column("", Alignment.LEFT)
            .column("BEFORE", Alignment.RIGHT)
            .column("AFTER", Alignment.RIGHT)
            .column("CHANGE", Alignment.RIGHT)
            .column("", Alignment.RIGHT);
    for (ImageDiff.Quantity size : sizes) {
      table.row(
          new Cell(size.name()),
          new Cell(number(size.before(), size.bytes())),
          new Cell(number(size.after(), size.bytes())),
          new Cell(change(size)),
          new Cell(share(size)));
    }
    text.table(table);
  }

  private static String number(@Nullable Long number, boolean bytes) {
    if (number == null) {
      return "?";
    }
    return bytes ? Bytes.humanised(number) : String.format(Locale.ROOT, "%,d", number);
  }

  private static String change(ImageDiff.Quantity size) {
    Long before = size.before();
    Long after = size.after();
    if (before == null || after == null) {
      return "?";
    }
    long change = after - before;
    return change == 0 ? "=" : (change < 0 ? "−" : "+") + number(Math.abs(change), size.bytes());
  }

  private static String share(ImageDiff.Quantity size) {
    Long before = size.before();
    Long after = size.after();
    if (before == null || after == null || before == 0 || before.equals(after)) {
      return "";
    }
    return String.format(Locale.ROOT, "%+.1f %%", 100.0 * (after - before) / before)
        .replace('-', '−');
  }

  private void layers(ImageDiff diff) {
    int before = diff.layersBefore().size();
    int after = diff.layersAfter().size();
    heading("Layers", diff.sharedLayers() + " in both" + counts(after, 0, before));
    if (before + after > 0) {
      TextTable table = rows().column("SIZE", Alignment.RIGHT).flexibleColumn("STEP");
      diff.layersBefore().forEach(layer -> layer(table, "−", layer));
      diff.layersAfter().forEach(layer -> layer(table, "+", layer));
      text.table(table);
    }
  }

  private static TextTable rows() {
    return new TextTable().column(" ", Alignment.LEFT);
  }

  private static void layer(TextTable table, String mark, Layer layer) {
    table.row(
        new Cell(mark),
        new Cell(Known.bytes(layer.compressed())),
        new Cell(OneLine.of(FactsPage.command(layer.createdBy()))));
  }

  private void heading(String what, String counts) {
    out.println();
    out.println(palette.bold(what) + "  " + palette.dim(counts));
  }

  private static String counts(int added, int changed, int removed) {
    return (added == 0 ? "" : ", " + added + " added")
        + (changed == 0 ? "" : ", " + changed + " changed")
        + (removed == 0 ? "" : ", " + removed + " removed");
  }

  private void values(String what, List<ImageDiff.Value> values) {
    if (values.isEmpty()) {
      heading(what, "no difference");
      return;
    }
    int added = (int) values.stream().filter(value -> value.before() == null).count();
    int removed = (int) values.stream().filter(value -> value.after() == null).count();
    heading(what, counts(added, values.size() - added - removed, removed).substring(2));
    TextTable table = rows().column("NAME", Alignment.LEFT).flexibleColumn("VALUE");
    values.stream()
        .limit(MOST)
        .forEach(value ->
            table.row(
                new Cell(mark(value.before(), value.after())),
                new Cell(TextTable.shortened(OneLine.of(value.name()), 40)),
                new Cell(OneLine.of(change(value.before(), value.after())))));
    text.table(table);
    text.more(values.size() - MOST);
  }

  private static String mark(@Nullable String before, @Nullable String after) {
    return before == null ? "+" : after == null ? "−" : "~";
  }

  private static String change(@Nullable String before, @Nullable String after) {
    if (before != null && after != null) {
      return before + " → " + after;
    }
    return before == null ? Known.text(after) : before;
  }

  private void findings(List<ImageDiff.Finding> findings) {
    if (findings.isEmpty()) {
      heading("Rules", "no difference");
      return;
    }
    heading("Rules", Counted.of(findings.size(), "difference"));
    TextTable table =
        new TextTable()
            .column("BEFORE", Alignment.LEFT)
            .column("AFTER", Alignment.LEFT)
            .column("RULE", Alignment.LEFT)
            .flexibleColumn("WHY");
    findings.stream()
        .limit(MOST)
        .forEach(finding ->
            table.row(
                new Cell(finding.before() == null ? "not judged" : finding.before()),
                new Cell(finding.after() == null ? "not judged" : finding.after()),
                new Cell(finding.rule()),
                new Cell(OneLine.of(finding.message()))));
    text.table(table);
    text.more(findings.size() - MOST);
  }

  private void files(FileDifferences files) {
    FileTree all = files.tree();
    heading(
        "Files",
        all.entries() == 0
            ? "no difference in names, types, sizes, modes and owners"
            : sum(all.added(), "added")
                + ", "
                + sum(all.changed(), "changed")
                + ", "
                + sum(all.deleted(), "removed"));
    if (files.alike() > 0) {
      text.line(
          "",
          String.format(
              Locale.ROOT,
              "%,d more of the same size lie in other layers: their contents are not compared",
              files.alike()));
    }
    if (all.entries() > 0 || !all.children().isEmpty()) {
      tree.tree(all, true);
    }
  }

  private static String sum(FileTree.Sum sum, String what) {
    return String.format(Locale.ROOT, "%,d ", sum.entries())
        + what
        + (sum.bytes() == 0 ? "" : " (" + Bytes.humanised(sum.bytes()) + ")");
  }
}
