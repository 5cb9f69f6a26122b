package dev.tare.plan;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.SmallerBase;
import dev.tare.finding.Worth;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bases of a run beside smaller images, and what all of these came to themselves as far as the
 * run judged them. Not safe for concurrent use.
 */
public final class ComparedBases {
  private final Map<String, List<SmallerBase>> smaller = new HashMap<>();
  private final Set<String> compared = new HashSet<>();

  /** Rule to outcome, by digest. */
  private final Map<String, Map<String, Outcome>> verdicts = new HashMap<>();

  /** For these, of which no image has been judged yet. */
  public ComparedBases(Collection<ReportedBase> bases) {
    for (ReportedBase base : bases) {
      smaller.put(base.digest(), base.smaller());
      compared.add(base.digest());
      base.smaller().forEach(one -> compared.add(one.digest()));
    }
  }

  /** The next image of the run; its facts may be missing. */
  public void add(JudgedImage image) {
    if (compared.contains(image.digest()) && !image.outcomes().isEmpty()) {
      verdicts.putIfAbsent(
          image.digest(),
          image.outcomes().stream()
              .collect(Collectors.toMap(Outcome::rule, outcome -> outcome, (one, other) -> other)));
    }
  }

  /** Smaller images beside a base, the smallest first. */
  List<SmallerBase> smaller(String digest) {
    return smaller.getOrDefault(digest, List.of());
  }

  /** What an image came to, by rule; empty where it was not judged. */
  Map<String, Outcome> verdict(String digest) {
    return verdicts.getOrDefault(digest, Map.of());
  }

  /** Whether it is known that an image fails more itself than a base does. */
  boolean isWorse(SmallerBase image, String base) {
    Map<String, Outcome> one = verdict(image.digest());
    Map<String, Outcome> other = verdict(base);
    return !one.isEmpty() && !other.isEmpty() && failing(one) > failing(other);
  }

  private static long failing(Map<String, Outcome> verdict) {
    return verdict.values().stream()
        .filter(outcome -> isFailed(outcome.kind()))
        .mapToLong(outcome -> Worth.of(outcome.severity()))
        .sum();
  }

  private static boolean isFailed(OutcomeKind kind) {
    return kind == OutcomeKind.FAIL || kind == OutcomeKind.WAIVED;
  }
}
