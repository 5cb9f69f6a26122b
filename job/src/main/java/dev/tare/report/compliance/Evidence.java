package dev.tare.report.compliance;

import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Verdict;
import dev.tare.finding.Waiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind the states of controls: each image, and each outcome that is no pass. */
final class Evidence {
  /** An image by its names, and what became of it. */
  record Subject(String reference, String platform, String digest, Verdict verdict) {}

  /**
   * A rule that failed on an image, was waived, or could not be answered.
   *
   * @param isNew whether it is a failure that the run before did not have
   */
  record Case(
      Subject subject, OutcomeKind kind, String message, boolean isNew, @Nullable Waiver waiver) {}

  private final List<Subject> subjects = new ArrayList<>();
  private final Map<String, List<Case>> cases = new HashMap<>();

  /** Rules say the same of many images. */
  private final Map<String, String> messages = new HashMap<>();

  void add(JudgedImage image, @Nullable Comparison since) {
    Subject subject =
        new Subject(image.reference(), image.platform(), image.digest(), image.verdict());
    subjects.add(subject);
    for (Outcome outcome : image.outcomes()) {
      switch (outcome.kind()) {
        case FAIL, WAIVED, UNKNOWN ->
            cases
                .computeIfAbsent(outcome.rule(), rule -> new ArrayList<>())
                .add(
                    new Case(
                        subject,
                        outcome.kind(),
                        messages.computeIfAbsent(outcome.message(), message -> message),
                        since != null
                            && since.of(outcome).filter(FindingChange.NEW::equals).isPresent(),
                        outcome.waiver()));
        case PASS, NOT_APPLICABLE -> {}
      }
    }
  }

  /** In the order of the run. */
  List<Subject> subjects() {
    return subjects;
  }

  /** Of a rule, in the order of the run. */
  List<Case> of(String rule) {
    return cases.getOrDefault(rule, List.of());
  }
}
