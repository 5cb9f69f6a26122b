package dev.tare.report;

import dev.tare.finding.OwnReading;
import dev.tare.finding.OwnReading.Inherited;
import dev.tare.finding.Severity;
import dev.tare.report.text.SeverityCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is told beside the images' own part, in words, wherever people read it. */
public final class OwnText {
  private static final int BASES = 10;

  private OwnText() {}

  /** A line each; none where there is nothing above a note. */
  public static List<String> lines(OwnReading own) {
    List<Inherited> bases =
        own.inherited().stream().filter(base -> !aboveNotes(base.findings()).isEmpty()).toList();
    List<String> lines = new ArrayList<>();
    for (Inherited base : bases.subList(0, Math.min(BASES, bases.size()))) {
      lines.add(
          "Brought by "
              + base.base()
              + ": "
              + aboveNotes(base.findings())
              + ", in "
              + counted(base.images().size(), "image")
              + (base.judged() ? "" : "; it is not judged in this run as these images have it"));
    }
    if (bases.size() > BASES) {
      lines.add("Brought by " + (bases.size() - BASES) + " more bases: all of them in report.json");
    }
    unknown(own).ifPresent(lines::add);
    return lines;
  }

  /** What is in no number, where there is something above a note. */
  public static Optional<String> unknown(OwnReading own) {
    return own.unknownImages() == 0
        ? Optional.empty()
        : Optional.of(
            "Whether a base brings them is not known: "
                + aboveNotes(own.unknown())
                + ", in "
                + counted(own.unknownImages(), "image")
                + "; they are in no count, and no such image is said to comply");
  }

  private static String aboveNotes(Map<Severity, Integer> counts) {
    Map<Severity, Integer> graver = new EnumMap<>(Severity.class);
    graver.putAll(counts);
    graver.remove(Severity.NOTE);
    return SeverityCounts.text(graver);
  }

  private static String counted(int number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }
}
