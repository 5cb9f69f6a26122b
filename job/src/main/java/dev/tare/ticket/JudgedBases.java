package dev.tare.ticket;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.Severity;
import dev.tare.plan.Inheritance;
import dev.tare.plan.Inheritance.Brought;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What failed on the images of a run that others may stand on: a few words for each. */
final class JudgedBases {
  private final Severity minimum;
  private final Map<String, Failed> byDigest = new HashMap<>();

  /** Equal sets once: many images fail the same rules. */
  private final Map<Set<String>, Set<String>> shared = new HashMap<>();

  /**
   * An image that fails.
   *
   * @param rules that fail on it, and each with its identity too
   */
  private record Failed(TicketKey line, Set<String> rules) {}

  JudgedBases(Severity minimum) {
    this.minimum = minimum;
  }

  void add(TicketKey line, JudgedImage image) {
    Set<String> rules = new HashSet<>();
    for (Outcome outcome : image.outcomes()) {
      if (LineSummary.failsWith(outcome, minimum)) {
        rules.add(outcome.rule());
        rules.add(with(outcome.rule(), Inheritance.identity(outcome)));
      }
    }
    if (!rules.isEmpty()) {
      byDigest.merge(
          image.digest(),
          new Failed(line, shared.computeIfAbsent(Set.copyOf(rules), same -> same)),
          (one, other) -> one.line().compareTo(other.line()) <= 0 ? one : other);
    }
  }

  /**
   * The lines that bring a finding, all of them: for each place the ancestor nearest to the root
   * that fails by the same rule. None where that is not known of one of the places.
   *
   * @param line of the images with the finding, which is no base of itself
   * @param ways in which bases bring it, on one image or another
   */
  Set<TicketKey> bringing(TicketKey line, String rule, Collection<Brought> ways) {
    Set<TicketKey> bases = new TreeSet<>();
    for (Brought way : ways) {
      String wanted = way.identity() == null ? rule : with(rule, way.identity());
      for (List<String> place : way.places()) {
        TicketKey base = first(place, wanted);
        if (base == null || base.equals(line)) {
          return Set.of();
        }
        bases.add(base);
      }
    }
    return bases;
  }

  private @Nullable TicketKey first(List<String> digests, String wanted) {
    for (String digest : digests) {
      Failed failed = byDigest.get(digest);
      if (failed != null && failed.rules().contains(wanted)) {
        return failed.line();
      }
    }
    return null;
  }

  private static String with(String rule, List<String> identity) {
    return rule + " " + identity;
  }
}
