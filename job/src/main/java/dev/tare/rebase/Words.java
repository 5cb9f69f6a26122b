package dev.tare.rebase;

import dev.tare.facts.Vulnerabilities;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What predictions are said in, wherever people read them. */
public final class Words {
  private Words() {}

  /** How far a prediction can be relied on, as a sentence. */
  public static String of(Rebase.Standing standing) {
    return switch (standing) {
      case COPIED ->
          "As a build would leave it, where its steps do the same there: own layers leave the"
              + " package databases as they are.";
      case INSTALLED ->
          "As a build would leave it, but for versions: own layers install packages of the same"
              + " release.";
      case INSTALLED_ELSEWHERE ->
          "In part: own layers install packages, whose versions on the new base are not known.";
      case REBUILD_NEEDED -> "Rebuild needed: nothing is predicted across what stands below.";
    };
  }

  /** The same in a word or two. */
  public static String brief(Rebase.Standing standing) {
    return switch (standing) {
      case COPIED -> "as built";
      case INSTALLED -> "as built but versions";
      case INSTALLED_ELSEWHERE -> "in part";
      case REBUILD_NEEDED -> "rebuild needed";
    };
  }

  /** {@code 3 high, 1 low}; {@code none} where there is none. */
  public static String bySeverity(List<VulnerabilityChange.Named> vulnerabilities) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String severity : Vulnerabilities.SEVERITIES) {
      long count = vulnerabilities.stream().filter(one -> one.severity().equals(severity)).count();
      if (count > 0) {
        counts.put(severity, count);
      }
    }
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
  }
}
