package dev.tare.report.digest;

import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import dev.tare.finding.PastRun;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.report.ReportInput;
import dev.tare.report.summary.FailingImages;
import dev.tare.report.text.Cut;
import dev.tare.report.text.SeverityCounts;
import dev.tare.report.text.VerdictText;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run in a few lines.
 *
 * @param targets of the run, in one line
 * @param summary of the run
 * @param earlier the run that it is compared with; null where there is none
 * @param fresh how many findings are new, by severity
 * @param fixed how many are fixed
 * @param news the most severe of the new ones, worst first
 * @param worst the worst failing images, worst first
 * @param link to the report; null for none
 */
public record DigestText(
    String run,
    Instant at,
    String targets,
    RunSummary summary,
    @Nullable String earlier,
    Map<Severity, Integer> fresh,
    int fixed,
    List<FailingImages.Fresh> news,
    List<FailingImages.Image> worst,
    @Nullable URI link) {
  private static final int LINES = 5;
  private static final int NAME_LENGTH = 200;

  /** Copies the collections. */
  public DigestText {
    fresh = Map.copyOf(fresh);
    news = List.copyOf(news);
    worst = List.copyOf(worst);
  }

  /** Of a run; empty where nothing changed since the one before. */
  public static Optional<DigestText> of(ReportInput input, @Nullable URI link) {
    Comparison since = input.since();
    if (since != null && isUnchanged(input, since)) {
      return Optional.empty();
    }
    FailingImages failing = new FailingImages(LINES, LINES, since);
    input.results().forEachImage(failing::add);
    return Optional.of(
        new DigestText(
            input.results().run().id(),
            input.results().run().finishedAt(),
            shown(String.join(", ", input.results().run().targets())),
            input.results().summary(),
            since == null ? null : since.earlier().id(),
            failing.fresh(),
            since == null ? 0 : since.count(FindingChange.FIXED),
            failing.severestFresh(),
            failing.worst(),
            link));
  }

  /**
   * Of what could not be inspected nobody knows whether it changed: as much as before is nothing
   * new.
   */
  private static boolean isUnchanged(ReportInput input, Comparison since) {
    int notInspected = input.results().summary().notInspected();
    boolean asBefore =
        input.history().stream()
            .filter(past -> past.id().equals(since.earlier().id()))
            .map(PastRun::summary)
            .allMatch(past -> past.notInspected() == notInspected);
    return asBefore
        && since.count(FindingChange.NEW) == 0
        && since.count(FindingChange.FIXED) == 0
        && since.count(FindingChange.GONE) == 0;
  }

  /** {@code 8 of 12 images fail}. */
  String verdict() {
    return VerdictText.of(summary);
  }

  /** {@code New since the run before: 1 critical, 2 high. Fixed: 4.} */
  String changes() {
    if (earlier == null) {
      return "There is no earlier run to compare with.";
    }
    String counts = SeverityCounts.text(fresh);
    return "New since the run before: "
        + (counts.isEmpty() ? "nothing" : counts)
        + ". Fixed: "
        + (fixed == 0 ? "nothing" : fixed)
        + ".";
  }

  /** {@code high TARE-USER-001 in registry.example.com/team/app:1.2 (linux/amd64)}. */
  List<String> newLines() {
    return news.stream()
        .map(one ->
            one.severity().word()
                + " "
                + shown(one.rule())
                + " in "
                + shown(one.reference())
                + " ("
                + shown(one.platform())
                + ")")
        .toList();
  }

  /** {@code registry.example.com/team/app:1.2 (linux/amd64): 1 critical, 2 high}. */
  List<String> worstLines() {
    return worst.stream()
        .map(image ->
            shown(image.reference()) + " (" + shown(image.platform()) + "): " + counts(image))
        .toList();
  }

  /** How much is wrong with it. */
  static String counts(FailingImages.Image image) {
    return SeverityCounts.text(
        Map.of(
            Severity.CRITICAL,
            image.critical(),
            Severity.HIGH,
            image.high(),
            Severity.MEDIUM,
            image.medium(),
            Severity.LOW,
            image.low()));
  }

  /** One line, of characters that show. */
  static String shown(String text) {
    StringBuilder line = new StringBuilder();
    Cut.to(text, NAME_LENGTH)
        .codePoints()
        .forEach(character -> {
          if (Character.isSpaceChar(character) || Character.isWhitespace(character)) {
            line.append(' ');
          } else {
            switch (Character.getType(character)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.SURROGATE,
                  Character.PRIVATE_USE,
                  Character.UNASSIGNED ->
                  line.append("U+%04X".formatted(character));
              default -> line.appendCodePoint(character);
            }
          }
        });
    return line.toString().strip();
  }
}
