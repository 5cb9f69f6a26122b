package dev.tare.plan;

import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.BasePrediction;
import dev.tare.finding.Severity;
import dev.tare.text.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What images would be on another base, in words, wherever people read them. */
public final class ProspectText {
  private static final List<Severity> WORST_FIRST =
      List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW);

  private ProspectText() {}

  /** A clause each, the numbers first. */
  public static List<String> of(Prospect prospect) {
    List<String> clauses = new ArrayList<>();
    int all = prospect.images() + prospect.rebuild() + prospect.notPredicted();
    if (prospect.images() > 0) {
      clauses.add(
          "predicted for %d of %s on it: ends %s, adds %s%s"
              .formatted(
                  prospect.images(),
                  counted(all, "image"),
                  bySeverity(prospect.ends()),
                  bySeverity(prospect.adds()),
                  notKnown(prospect)));
      Long bytes = prospect.bytesLess();
      if (bytes != null && bytes != 0) {
        clauses.add(
            "these images are %s %s together"
                .formatted(Bytes.humanised(Math.abs(bytes)), bytes > 0 ? "smaller" : "larger"));
      }
      BasePrediction.Vulnerabilities changed = prospect.vulnerabilities();
      clauses.add(
          changed == null
              ? "how their vulnerabilities change is not known"
              : "of their known vulnerabilities it ends %s, adds %s%s"
                  .formatted(
                      byWord(changed.ended()),
                      byWord(changed.added()),
                      changed.whole() ? "" : "; not all packages were matched alike"));
    }
    if (prospect.inPart() > 0) {
      clauses.add(
          "of %s the packages that own layers install have versions there that are not known"
              .formatted(counted(prospect.inPart(), "image")));
    }
    if (prospect.rebuild() > 0) {
      clauses.add("%s to be rebuilt to be known".formatted(have(prospect.rebuild())));
    }
    if (prospect.images() == 0 && prospect.notPredicted() > 0) {
      clauses.add("not predicted for " + counted(prospect.notPredicted(), "image"));
    }
    prospect.against().forEach(sentence -> clauses.add("against it: " + sentence));
    prospect.reasons().forEach(sentence -> clauses.add("not predicted of some: " + sentence));
    return clauses;
  }

  private static String notKnown(Prospect prospect) {
    List<String> parts = new ArrayList<>();
    if (prospect.unknown() > 0) {
      parts.add(prospect.unknown() + " more end");
    }
    if (prospect.mayAdd() > 0) {
      parts.add(prospect.mayAdd() + (prospect.mayAdd() == 1 ? " more is" : " more are") + " added");
    }
    return parts.isEmpty() ? "" : "; whether " + String.join(" and ", parts) + " is not known";
  }

  private static String have(int images) {
    return counted(images, "image") + (images == 1 ? " has" : " have");
  }

  private static String counted(int number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }

  private static String bySeverity(Map<Severity, Integer> findings) {
    String counts =
        WORST_FIRST.stream()
            .filter(severity -> findings.getOrDefault(severity, 0) > 0)
            .map(severity -> findings.get(severity) + " " + severity.word())
            .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "none" : counts;
  }

  private static String byWord(Map<String, Integer> vulnerabilities) {
    String counts =
        Vulnerabilities.SEVERITIES.stream()
            .filter(vulnerabilities::containsKey)
            .map(word -> vulnerabilities.get(word) + " " + word)
            .collect(Collectors.joining(", "));
    return counts.isEmpty() ? "none" : counts;
  }
}
