package dev.tare.report;

import dev.tare.diff.ComparedImage;
import dev.tare.diff.ImageDiff;
import dev.tare.facts.Layer;
import dev.tare.inspect.FileTree;
import dev.tare.report.text.Cut;
import dev.tare.report.text.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What differs between two images, for a comment on the change that made the second. */
public final class DiffMarkdown {
  /** Of each list. */
  private static final int MOST = 100;

  private static final int LONGEST = 160;

  private DiffMarkdown() {}

  /** A page with a table for each thing that differs. */
  public static String text(ImageDiff diff) {
    Markdown page = new Markdown();
    page.heading(2, "From " + diff.before().name() + " to " + diff.after().name());
    page.paragraph(name(diff.before()) + " → " + name(diff.after()));
    List<List<String>> sizes = new ArrayList<>();
    for (ImageDiff.Quantity size : diff.sizes()) {
      sizes.add(List.of(size.name(), number(size.before()), number(size.after()), change(size)));
    }
    page.table(List.of("", "before", "after", "change"), sizes);
    page.heading(3, "Layers");
    page.paragraph(diff.sharedLayers() + " in both.");
    List<List<String>> layers = new ArrayList<>();
    diff.layersBefore().forEach(layer -> layers.add(layer("removed", layer)));
    diff.layersAfter().forEach(layer -> layers.add(layer("added", layer)));
    if (!layers.isEmpty()) {
      page.table(List.of("", "bytes", "step"), layers);
    }
    values(page, "Packages", diff.packages());
    values(page, "Tools", diff.tools());
    if (diff.vulnerabilitiesAreKnown()) {
      values(page, "Vulnerabilities", diff.vulnerabilities());
    }
    values(page, "Configuration", diff.configuration());
    findings(page, diff.findings());
    files(page, diff);
    if (!diff.notMeasured().isEmpty()) {
      page.paragraph("Not wholly measured: " + String.join(", ", diff.notMeasured()) + ".");
    }
    return page.text();
  }

  private static String name(ComparedImage image) {
    return Objects.toString(image.facts().image().digest(), "?");
  }

  private static String number(@Nullable Long number) {
    return number == null ? "?" : String.format(Locale.ROOT, "%,d", number);
  }

  private static String change(ImageDiff.Quantity size) {
    Long before = size.before();
    Long after = size.after();
    return before == null || after == null
        ? "?"
        : String.format(Locale.ROOT, "%+,d", after - before);
  }

  private static List<String> layer(String mark, Layer layer) {
    return List.of(
        mark, number(layer.compressed()), cut(Objects.requireNonNullElse(layer.createdBy(), "?")));
  }

  private static String cut(String text) {
    return Cut.to(text, LONGEST);
  }

  private static void values(Markdown page, String what, List<ImageDiff.Value> values) {
    page.heading(3, what);
    if (values.isEmpty()) {
      page.paragraph("No difference.");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (ImageDiff.Value value : values.subList(0, Math.min(MOST, values.size()))) {
      rows.add(
          List.of(
              value.name(),
              cut(Objects.requireNonNullElse(value.before(), "–")),
              cut(Objects.requireNonNullElse(value.after(), "–"))));
    }
    page.table(List.of("name", "before", "after"), rows);
    more(page, values.size());
  }

  private static void findings(Markdown page, List<ImageDiff.Finding> findings) {
    page.heading(3, "Rules");
    if (findings.isEmpty()) {
      page.paragraph("No difference.");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (ImageDiff.Finding finding : findings.subList(0, Math.min(MOST, findings.size()))) {
      rows.add(
          List.of(
              finding.rule(),
              Objects.requireNonNullElse(finding.before(), "not judged"),
              Objects.requireNonNullElse(finding.after(), "not judged"),
              finding.message()));
    }
    page.table(List.of("rule", "before", "after", "why"), rows);
    more(page, findings.size());
  }

  private static void more(Markdown page, int all) {
    if (all > MOST) {
      page.paragraph("And " + (all - MOST) + " more.");
    }
  }

  private static void files(Markdown page, ImageDiff diff) {
    page.heading(3, "Files");
    FileTree tree = diff.files().tree();
    page.table(
        List.of("", "files", "bytes"),
        List.of(
            sum("added", tree.added()),
            sum("changed", tree.changed()),
            sum("removed", tree.deleted())));
    if (diff.files().alike() > 0) {
      page.paragraph(
          number(diff.files().alike())
              + " more of the same size lie in other layers: their contents are not compared.");
    }
  }

  private static List<String> sum(String what, FileTree.Sum sum) {
    return List.of(what, number(sum.entries()), number(sum.bytes()));
  }
}
