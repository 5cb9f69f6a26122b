package dev.tare.ticket.text;

import dev.tare.facts.Base;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import dev.tare.finding.TagLine;
import dev.tare.finding.Workload;
import dev.tare.plan.Action;
import dev.tare.plan.ComparedBases;
import dev.tare.plan.Planner;
import dev.tare.ticket.LineSummary;
import dev.tare.ticket.TicketRecord;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket's text needs of the images of one line beyond its record. Of each finding it keeps
 * what the first image says, so that a line of thousands of images fits.
 */
final class LineDetail {
  private static final int MAX_NAMES = 3;
  private static final List<String> LABELS =
      List.of(
          "org.opencontainers.image.source",
          "org.opencontainers.image.revision",
          "org.opencontainers.image.authors",
          "org.opencontainers.image.vendor",
          "maintainer");

  private final Severity minimum;
  private final Set<String> inherited;
  private final Planner planner;
  private final Map<String, FoundIn> failed = new TreeMap<>();
  private final Map<String, Outcome> waived = new TreeMap<>();
  private final Set<String> bases = new LinkedHashSet<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Set<Workload> workloads = new TreeSet<>();
  private final NewestTag newest = new NewestTag();
  private boolean baseUnknown;
  private int planned;
  private int images;

  /**
   * Of a line of which nothing has been read yet.
   *
   * @param bases of the run
   * @param inherited fingerprints of what tickets of bases end
   */
  LineDetail(
      Severity minimum, Collection<RuleDoc> rules, ComparedBases bases, Set<String> inherited) {
    this.minimum = minimum;
    this.inherited = inherited;
    this.planner = new Planner(rules, bases);
  }

  void add(JudgedImage image) {
    images++;
    StoredFacts facts = StoredFacts.of(image.facts());
    List<Outcome> fails =
        image.outcomes().stream()
            .filter(outcome -> LineSummary.failsWith(outcome, minimum))
            .toList();
    for (Outcome outcome : fails) {
      failed.computeIfAbsent(outcome.fingerprint(), first -> FoundIn.of(outcome, image, facts));
    }
    image.outcomes().stream()
        .filter(outcome -> outcome.kind() == OutcomeKind.WAIVED)
        .forEach(outcome -> waived.putIfAbsent(outcome.fingerprint(), outcome));
    newest.add(image, facts.image().created(), !fails.isEmpty());
    if (!fails.isEmpty()) {
      nameOrigin(facts, TagLine.of(image.tags()).of(image.registry(), image.repository()));
      workloads.addAll(image.usedBy());
      if (planned++ < TicketRecord.MAX_IMAGES) {
        planner.add(
            image
                .with(
                    fails.stream().filter(fail -> !inherited.contains(fail.fingerprint())).toList())
                // They are of all findings of the image.
                .withPredictions(List.of()));
      }
    }
  }

  int images() {
    return images;
  }

  /**
   * What to do about what tickets of bases do not end, in up to {@value TicketRecord#MAX_IMAGES}
   * images.
   */
  List<Action> actions() {
    return planner.plan().actions();
  }

  /** Findings as the first image shows them, by fingerprint. */
  Map<String, FoundIn> failed() {
    return failed;
  }

  /** Waived outcomes by fingerprint. */
  Map<String, Outcome> waived() {
    return waived;
  }

  /** What the failing images are built on, a few of them. */
  Set<String> bases() {
    return bases;
  }

  /** Whether it is not known what one of the failing images is built on. */
  boolean baseUnknown() {
    return baseUnknown;
  }

  /** Labels of the failing images that say where they come from; the first image that has one. */
  Map<String, String> labels() {
    return labels;
  }

  /** What runs the failing images, sorted. */
  Set<Workload> workloads() {
    return workloads;
  }

  /** The tag of the newest image where that complies and older ones fail; null otherwise. */
  @Nullable String compliantNewest() {
    return newest.compliant();
  }

  private void nameOrigin(StoredFacts facts, String line) {
    String base = nearest(facts.base(), line);
    baseUnknown |= base == null;
    if (base != null && bases.size() < MAX_NAMES) {
      bases.add(base);
    }
    Map<String, String> own = facts.image().labels();
    for (String label : LABELS) {
      String value = own.getOrDefault(label, "");
      if (!value.isEmpty()) {
        labels.putIfAbsent(label, value);
      }
    }
  }

  /** The nearest ancestor that has a name and is no earlier build of the same line. */
  private static @Nullable String nearest(Base base, String line) {
    return Stream.of(base.lineage().reversed().stream(), Stream.of(base.parent(), base.root()))
        .flatMap(ancestors -> ancestors)
        .map(ancestor -> ancestor == null ? null : ancestor.reference())
        .filter(name -> name != null && !line.equals(TagLine.ofReference(name)))
        .findFirst()
        .orElse(null);
  }
}
