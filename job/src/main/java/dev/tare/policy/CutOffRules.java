package dev.tare.policy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules of one bundle that could not be evaluated to their end. They are evaluated apart from
 * then on, so that they cost the others nothing; and one that has used up its time or memory on
 * several images is not tried on more, else it would cost as much on each of ten thousand. Safe for
 * concurrent use.
 */
final class CutOffRules {
  /** On how many images a rule may use up its time or memory. */
  static final int MAX_IMAGES = 3;

  private final Map<String, Failures> rules = new ConcurrentHashMap<>();

  private record Failures(int limits, String last) {}

  /** Remembers that this rule failed; {@code limit} where time or memory ran out. */
  void add(String rule, boolean limit, String reason) {
    rules.merge(
        rule,
        new Failures(limit ? 1 : 0, reason),
        (before, now) -> new Failures(before.limits + now.limits, limit ? reason : before.last));
  }

  /** Those to evaluate apart. */
  Set<String> rules() {
    return Set.copyOf(rules.keySet());
  }

  /** Why this rule is not to be tried any more; empty where it is. */
  Optional<String> givenUp(String rule) {
    return Optional.ofNullable(rules.get(rule))
        .filter(failures -> failures.limits >= MAX_IMAGES)
        .map(failures ->
            "not tried on this image after "
                + failures.limits
                + " others, the last time: "
                + failures.last);
  }
}
