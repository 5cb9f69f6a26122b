package dev.tare.report.compliance;

import dev.tare.finding.Control;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How each rule came out on each image of a run: one bit for a rule, an image and an outcome. */
final class ComplianceTally {
  /** An image by its names. */
  record Subject(String reference, String digest, String platform) {}

  private final List<Subject> subjects = new ArrayList<>();
  private final Map<String, Map<OutcomeKind, BitSet>> rules = new HashMap<>();

  void add(JudgedImage image) {
    int position = subjects.size();
    subjects.add(new Subject(image.reference(), image.digest(), image.platform()));
    for (Outcome outcome : image.outcomes()) {
      rules
          .computeIfAbsent(outcome.rule(), rule -> new EnumMap<>(OutcomeKind.class))
          .computeIfAbsent(outcome.kind(), kind -> new BitSet())
          .set(position);
    }
  }

  List<Subject> subjects() {
    return subjects;
  }

  /** On how many images a rule came out like that. */
  int count(String rule, OutcomeKind kind) {
    return rules.getOrDefault(rule, Map.of()).getOrDefault(kind, new BitSet()).cardinality();
  }

  /** The images on which one of these rules came out like that, in the order of the run. */
  List<Subject> subjects(Collection<String> anyOf, OutcomeKind kind) {
    BitSet positions = new BitSet();
    for (String rule : anyOf) {
      positions.or(rules.getOrDefault(rule, Map.of()).getOrDefault(kind, new BitSet()));
    }
    return positions.stream().mapToObj(subjects::get).toList();
  }

  /** What these rules, which judge the control, say of it. */
  ControlState state(Control control, Collection<String> judging) {
    if (any(judging, OutcomeKind.FAIL)) {
      return ControlState.NOT_SATISFIED;
    }
    if (any(judging, OutcomeKind.UNKNOWN)) {
      return ControlState.UNKNOWN;
    }
    if (any(judging, OutcomeKind.WAIVED)) {
      return ControlState.ACCEPTED;
    }
    if (!any(judging, OutcomeKind.PASS)) {
      return ControlState.NOT_APPLICABLE;
    }
    return switch (control.evidence()) {
      case FULL -> ControlState.SATISFIED;
      case VIOLATION_ONLY -> ControlState.NOT_VIOLATED;
    };
  }

  private boolean any(Collection<String> judging, OutcomeKind kind) {
    return judging.stream().anyMatch(rule -> count(rule, kind) > 0);
  }
}
