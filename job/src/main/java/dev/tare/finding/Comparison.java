package dev.tare.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is new, fixed and unchanged in a run since an earlier one. A finding is counted once for its
 * repository and platform, by its fingerprint, however many tags have it: a new build with the old
 * fault is an unchanged finding, and one that is fixed under one tag but not under another is not
 * fixed. What this run did not look at, or could not answer, is not fixed either.
 */
public final class Comparison {
  private static final Comparator<EarlierFinding> WORST_FIRST =
      Comparator.comparing(EarlierFinding::severity)
          .reversed()
          .thenComparing(EarlierFinding::repository)
          .thenComparing(EarlierFinding::rule)
          .thenComparing(EarlierFinding::fingerprint);

  private final RunInfo earlier;
  private final Set<String> before;
  private final Map<FindingChange, Integer> counts = new EnumMap<>(FindingChange.class);
  private final Map<FindingChange, List<EarlierFinding>> ended = new EnumMap<>(FindingChange.class);

  private Comparison(RunInfo earlier, Set<String> before) {
    this.earlier = earlier;
    this.before = before;
  }

  /** Compares a run with an earlier one; reads both. */
  public static Comparison of(RunResults earlier, RunResults now) {
    Map<String, EarlierFinding> open = new HashMap<>();
    earlier.forEachVerdict(image -> {
      String repository = image.registry() + "/" + image.repository();
      for (Outcome outcome : image.outcomes()) {
        if (outcome.kind() == OutcomeKind.FAIL) {
          open.computeIfAbsent(
              outcome.fingerprint(),
              fingerprint ->
                  new EarlierFinding(
                      outcome.rule(),
                      outcome.severity(),
                      image.reference(),
                      repository,
                      image.platform(),
                      fingerprint));
        }
      }
    });
    Comparison comparison = new Comparison(earlier.run(), Set.copyOf(open.keySet()));
    Now found = new Now();
    now.forEachVerdict(found::add);
    for (String fingerprint : found.failed) {
      boolean known = open.remove(fingerprint) != null;
      comparison.counts.merge(known ? FindingChange.UNCHANGED : FindingChange.NEW, 1, Integer::sum);
    }
    for (EarlierFinding finding : open.values()) {
      FindingChange change = found.changeOf(finding);
      comparison.counts.merge(change, 1, Integer::sum);
      comparison.ended.computeIfAbsent(change, key -> new ArrayList<>()).add(finding);
    }
    comparison.ended.values().forEach(findings -> findings.sort(WORST_FIRST));
    return comparison;
  }

  /** The run that this one is compared with. */
  public RunInfo earlier() {
    return earlier;
  }

  /** Whether a failed outcome of this run is new; empty for any other outcome. */
  public Optional<FindingChange> of(Outcome outcome) {
    if (outcome.kind() != OutcomeKind.FAIL) {
      return Optional.empty();
    }
    return Optional.of(
        before.contains(outcome.fingerprint()) ? FindingChange.UNCHANGED : FindingChange.NEW);
  }

  /** How many findings changed like that. */
  public int count(FindingChange change) {
    return counts.getOrDefault(change, 0);
  }

  /** The findings of the earlier run that ended like that, worst first. */
  public List<EarlierFinding> ended(FindingChange change) {
    return List.copyOf(ended.getOrDefault(change, List.of()));
  }

  /** What this run says of the places where the earlier one found something. */
  private static final class Now {
    /** Rule, repository and platform. */
    private record Place(String rule, String repository, String platform) {}

    private final Set<String> failed = new HashSet<>();
    private final Set<String> waived = new HashSet<>();
    private final Set<Place> unknown = new HashSet<>();
    private final Set<Place> answered = new HashSet<>();

    void add(JudgedImage image) {
      String repository = image.registry() + "/" + image.repository();
      for (Outcome outcome : image.outcomes()) {
        Place place = new Place(outcome.rule(), repository, image.platform());
        switch (outcome.kind()) {
          case FAIL -> failed.add(outcome.fingerprint());
          case WAIVED -> waived.add(outcome.fingerprint());
          case UNKNOWN -> unknown.add(place);
          case PASS, NOT_APPLICABLE -> {}
        }
        answered.add(place);
      }
    }

    FindingChange changeOf(EarlierFinding finding) {
      Place place = new Place(finding.rule(), finding.repository(), finding.platform());
      if (waived.contains(finding.fingerprint())) {
        return FindingChange.WAIVED;
      }
      if (unknown.contains(place)) {
        return FindingChange.UNKNOWN;
      }
      return answered.contains(place) ? FindingChange.FIXED : FindingChange.GONE;
    }
  }
}
