package dev.tare.ticket;

import dev.tare.facts.StoredFacts;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import dev.tare.plan.Inheritance.Brought;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a run says of one tag line, small enough to keep for every line of a registry: which
 * findings on which images, and what a ticket's text depends on.
 */
public final class LineSummary {
  /** A finding's ages count up by themselves every night; that alone is no news. */
  private static final Pattern AGE = Pattern.compile("[0-9]+(?= days?\\b)");

  private final Severity minimum;
  private final List<TicketImage> failing = new ArrayList<>();
  private final Map<String, Found> found = new TreeMap<>();
  private final Set<String> unmeasured = new HashSet<>();
  private final Set<String> waived = new HashSet<>();
  private final List<String> content = new ArrayList<>();
  private final Set<String> profiles = new TreeSet<>();
  private final NavigableSet<TicketKey> inheritedBy = new TreeSet<>();
  private int failingOmitted;
  private int images;

  LineSummary(Severity minimum) {
    this.minimum = minimum;
  }

  /** A fingerprint and where it was found. */
  private static final class Found {
    private final String rule;
    private Severity severity;
    private final Set<Integer> images = new LinkedHashSet<>();
    private final Set<Brought> brought = new HashSet<>();
    private final Set<TicketKey> bases = new TreeSet<>();
    private boolean own;

    Found(Outcome outcome) {
      rule = outcome.rule();
      severity = outcome.severity();
    }
  }

  /**
   * The next image of the line.
   *
   * @param inheritance how bases bring what fails, by fingerprint
   */
  void add(JudgedImage image, Map<String, Brought> inheritance) {
    images++;
    profiles.add(Objects.requireNonNullElse(StoredFacts.of(image.facts()).profile(), ""));
    List<Outcome> fails =
        image.outcomes().stream().filter(outcome -> failsWith(outcome, minimum)).toList();
    for (Outcome outcome : image.outcomes()) {
      if (outcome.kind() == OutcomeKind.UNKNOWN) {
        unmeasured.add(outcome.rule());
      } else if (outcome.kind() == OutcomeKind.WAIVED) {
        waived.add(outcome.fingerprint());
      }
    }
    if (fails.isEmpty()) {
      return;
    }
    int position = -1;
    if (failing.size() < TicketRecord.MAX_IMAGES) {
      position = failing.size();
      failing.add(TicketImage.of(image));
    } else {
      failingOmitted++;
    }
    for (Outcome fail : fails) {
      Found finding = found.computeIfAbsent(fail.fingerprint(), any -> new Found(fail));
      if (fail.severity().compareTo(finding.severity) > 0) {
        finding.severity = fail.severity();
      }
      if (position >= 0) {
        finding.images.add(position);
      }
      Brought one = inheritance.get(fail.fingerprint());
      if (one == null) {
        finding.own = true;
      } else {
        finding.brought.add(one);
      }
    }
    content.add(contentOf(image));
  }

  /** Whether this outcome belongs in a ticket. */
  public static boolean failsWith(Outcome outcome, Severity minimum) {
    return outcome.kind() == OutcomeKind.FAIL && outcome.severity().compareTo(minimum) >= 0;
  }

  /** Fingerprints of findings that somebody answers for. */
  Set<String> waived() {
    return waived;
  }

  /** Digest of what judged the line: of what judged the run, and the profiles of its images. */
  String judging(String run) {
    return Sha256.of(run + "\n" + String.join("\n", profiles));
  }

  /** Images of the line that the run judged. */
  int images() {
    return images;
  }

  boolean fails() {
    return !found.isEmpty();
  }

  /** Whether a fact that this rule needs could not be measured on an image of the line. */
  boolean unmeasured(String rule) {
    return unmeasured.contains(rule);
  }

  /** Whether something fails that no ticket of a base ends. */
  boolean failsItself() {
    return found.values().stream().anyMatch(finding -> finding.bases.isEmpty());
  }

  /** Whether a finding of this rule is the line's own. */
  private boolean failsItself(String rule) {
    return found.values().stream()
        .anyMatch(finding -> finding.rule.equals(rule) && finding.bases.isEmpty());
  }

  /** Finds out which of its findings are ended where these bases are fixed. */
  void inherit(TicketKey key, JudgedBases judged) {
    for (Found finding : found.values()) {
      if (!finding.own) {
        finding.bases.addAll(judged.bringing(key, finding.rule, finding.brought));
      }
    }
  }

  /**
   * Takes back what a base does not answer for: nothing of this rule is its own.
   *
   * @return whether something was
   */
  boolean disinherit(Map<TicketKey, LineSummary> lines) {
    boolean some = false;
    for (Found finding : found.values()) {
      if (finding.bases.stream()
          .anyMatch(base -> {
            LineSummary line = lines.get(base);
            return line == null || !line.failsItself(finding.rule);
          })) {
        finding.bases.clear();
        some = true;
      }
    }
    return some;
  }

  /** The lines that bring what fails in this one. */
  Set<TicketKey> bases() {
    Set<TicketKey> bases = new TreeSet<>();
    found.values().forEach(finding -> bases.addAll(finding.bases));
    return bases;
  }

  /** Another line fails by what images of this one bring. */
  void inheritedBy(TicketKey line) {
    inheritedBy.add(line);
  }

  /** The lines that fail by what images of this one bring. */
  NavigableSet<TicketKey> inheritedBy() {
    return inheritedBy;
  }

  boolean hasFinding(String fingerprint) {
    return found.containsKey(fingerprint);
  }

  /**
   * Whether it fails with something of its own that is not among these findings, or is more severe
   * now.
   */
  boolean failsWorseThan(List<TicketFinding> findings) {
    Map<String, Severity> before = new HashMap<>();
    findings.forEach(finding -> before.put(finding.fingerprint(), finding.severity()));
    return found.entrySet().stream()
        .filter(entry -> entry.getValue().bases.isEmpty())
        .anyMatch(entry -> {
          Severity was = before.get(entry.getKey());
          return was == null || entry.getValue().severity.compareTo(was) > 0;
        });
  }

  List<TicketImage> failingImages() {
    return failing;
  }

  int failingOmitted() {
    return failingOmitted;
  }

  /** Sorted by severity, worst first, then by rule and fingerprint. */
  List<TicketFinding> findings() {
    List<TicketFinding> findings = new ArrayList<>();
    found.forEach((fingerprint, finding) ->
        findings.add(
            new TicketFinding(
                fingerprint,
                finding.rule,
                finding.severity,
                List.copyOf(finding.images),
                List.copyOf(finding.bases))));
    return sorted(findings);
  }

  static List<TicketFinding> sorted(List<TicketFinding> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparing(TicketFinding::severity)
                .reversed()
                .thenComparing(TicketFinding::rule)
                .thenComparing(TicketFinding::fingerprint))
        .toList();
  }

  /** What the text of a ticket about this line depends on, in a fixed order. */
  List<String> content() {
    return content.stream().sorted().toList();
  }

  private String contentOf(JudgedImage image) {
    StringBuilder text = new StringBuilder();
    text.append(image.digest()).append('\n').append(image.platform()).append('\n');
    text.append(image.tags());
    image.usedBy().forEach(workload -> text.append('\n').append(workload));
    for (Outcome outcome : image.outcomes()) {
      if (failsWith(outcome, minimum) || outcome.kind() == OutcomeKind.WAIVED) {
        text.append('\n').append(outcome.kind()).append(' ').append(outcome.fingerprint());
        text.append(' ').append(outcome.severity()).append(' ').append(outcome.waiver());
        text.append(' ').append(AGE.matcher(outcome.message()).replaceAll("N"));
      }
    }
    return Sha256.of(text.toString());
  }
}
