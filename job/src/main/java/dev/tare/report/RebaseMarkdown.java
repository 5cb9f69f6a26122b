package dev.tare.report;

import dev.tare.diff.ImageDiff;
import dev.tare.rebase.Effect;
import dev.tare.rebase.Obstacle;
import dev.tare.rebase.Rebase;
import dev.tare.rebase.RebasedImages;
import dev.tare.rebase.VulnerabilityChange;
import dev.tare.rebase.Words;
import dev.tare.report.text.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Images on other bases, for a comment where somebody decides about one. */
public final class RebaseMarkdown {
  private static final int MOST = 100;

  private RebaseMarkdown() {}

  /**
   * A page.
   *
   * @param brief a table, a row each
   */
  public static String text(RebasedImages rebased, boolean brief) {
    if (brief) {
      return table(rebased);
    }
    StringBuilder pages = new StringBuilder();
    rebased.images().forEach(rebase -> pages.append(text(rebase)));
    return pages.toString();
  }

  private static String text(Rebase rebase) {
    Markdown page = new Markdown();
    page.heading(2, rebase.image() + " on " + rebase.onto());
    page.paragraph(
        "%s, built on %s, with %d of its own layers (%s bytes)."
            .formatted(
                rebase.platform(), rebase.from(), rebase.ownLayers(), number(rebase.ownBytes())));
    page.paragraph(Words.of(rebase.standing()));
    list(page, "Against it", rebase.obstacles().stream().map(Obstacle::text).toList());
    list(page, "Not known", rebase.notKnown());
    VulnerabilityChange change = rebase.vulnerabilities();
    if (change != null) {
      page.heading(3, "Vulnerabilities");
      page.paragraph(
          "Ended: %s. New: %s.%s"
              .formatted(
                  Words.bySeverity(change.ended()),
                  Words.bySeverity(change.added()),
                  change.whole()
                      ? ""
                      : " Not all packages were matched, or not all by feeds of one kind."));
    }
    ImageDiff diff = rebase.diff();
    if (diff == null) {
      list(page, "Packages of own layers", rebase.ownPackages());
      return page.text();
    }
    return page.text() + "\n" + DiffMarkdown.text(diff);
  }

  private static void list(Markdown page, String heading, List<String> items) {
    if (!items.isEmpty()) {
      page.heading(3, heading);
      page.list(items.subList(0, Math.min(MOST, items.size())), items.size());
    }
  }

  private static String table(RebasedImages rebased) {
    Markdown page = new Markdown();
    List<List<String>> rows = new ArrayList<>();
    for (Rebase rebase : rebased.images()) {
      ImageDiff diff = rebase.diff();
      Effect effect = diff == null ? null : Effect.of(diff);
      rows.add(
          List.of(
              rebase.image(),
              rebase.platform(),
              Words.brief(rebase.standing()),
              number(effect == null ? null : effect.before()),
              number(effect == null ? null : effect.after()),
              number(effect == null ? null : Long.valueOf(effect.ended())),
              number(effect == null ? null : Long.valueOf(effect.added())),
              String.join(" ", rebase.obstacles().stream().map(Obstacle::text).toList())));
    }
    page.table(
        List.of("image", "platform", "predicted", "bytes", "then", "ends", "new", "against it"),
        rows);
    rebased.notRebased().forEach(not -> page.paragraph(not.reason()));
    return page.text();
  }

  private static String number(@Nullable Long number) {
    return number == null ? "?" : String.format(Locale.ROOT, "%,d", number);
  }
}
