package dev.tare.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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

  /**
   * Compares a run with an earlier one. What both found of an image in the same words is read of
   * this run alone; what this run says of places is read where a finding ended.
   */
  public static Comparison of(RunResults earlier, RunResults now) {
    Set<String> before = new HashSet<>();
    Set<String> failed = new HashSet<>();
    now.forEachAlike(
        earlier, image -> forEachFailure(image, outcome -> before.add(outcome.fingerprint())));
    failed.addAll(before);
    now.forEachUnlike(
        earlier, image -> forEachFailure(image, outcome -> failed.add(outcome.fingerprint())));
    Map<String, EarlierFinding> ended = new HashMap<>();
    earlier.forEachUnlike(
        now,
        image ->
            forEachFailure(
                image,
                outcome -> {
                  before.add(outcome.fingerprint());
                  if (!failed.contains(outcome.fingerprint())) {
                    ended.putIfAbsent(outcome.fingerprint(), EarlierFinding.of(image, outcome));
                  }
                }));
    Comparison comparison = new Comparison(earlier.run(), before);
    for (String fingerprint : failed) {
      comparison.counts.merge(
          before.contains(fingerprint) ? FindingChange.UNCHANGED : FindingChange.NEW,
          1,
          Integer::sum);
    }
    if (!ended.isEmpty()) {
      comparison.say(ended.values(), now);
    }
    return comparison;
  }

  private static void forEachFailure(JudgedImage image, Consumer<Outcome> consumer) {
    for (Outcome outcome : image.outcomes()) {
      if (outcome.kind() == OutcomeKind.FAIL) {
        consumer.accept(outcome);
      }
    }
  }

  /** What became of findings that this run does not have: reads all of it. */
  private void say(Collection<EarlierFinding> findings, RunResults now) {
    Now found = new Now();
    now.forEachVerdict(found::add);
    for (EarlierFinding finding : findings) {
      FindingChange change = found.changeOf(finding);
      counts.merge(change, 1, Integer::sum);
      ended.computeIfAbsent(change, key -> new ArrayList<>()).add(finding);
    }
    ended.values().forEach(list -> list.sort(WORST_FIRST));
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

    private final Set<String> waived = new HashSet<>();
    private final Set<Place> unknown = new HashSet<>();
    private final Set<Place> answered = new HashSet<>();

    void add(JudgedImage image) {
      String repository = image.registry() + "/" + image.repository();
      for (Outcome outcome : image.outcomes()) {
        Place place = new Place(outcome.rule(), repository, image.platform());
        switch (outcome.kind()) {
          case WAIVED -> waived.add(outcome.fingerprint());
          case UNKNOWN -> unknown.add(place);
          case FAIL, PASS, NOT_APPLICABLE -> {}
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
