package dev.tare.plan;

import dev.tare.finding.ActionKind;
import dev.tare.finding.Outcome;
import dev.tare.finding.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One failed rule of one image.
 *
 * @param kind what the rule says ends it
 * @param places of what fails; none where it is about the image as a whole
 * @param base the base that the evidence names
 * @param identity what the evidence says tells this finding from another
 * @param over how much more than allowed was found, where the evidence does not list all that has
 *     to go
 */
record Failure(
    String rule,
    Severity severity,
    ActionKind kind,
    List<Place> places,
    @Nullable String base,
    List<String> identity,
    @Nullable Excess over) {
  /** A number that is over its limit. */
  record Excess(double found, double allowed) {}

  static Failure of(Outcome outcome, ActionKind kind, Sharing sharing) {
    JsonNode evidence = outcome.evidence();
    JsonNode base = evidence.path("base");
    return new Failure(
        sharing.one(outcome.rule()),
        outcome.severity(),
        kind,
        Place.of(evidence).stream().map(sharing::one).toList(),
        base.isString() ? base.stringValue() : null,
        identity(outcome),
        excess(evidence, kind));
  }

  static List<String> identity(Outcome outcome) {
    return outcome
        .evidence()
        .path("identity")
        .valueStream()
        .map(node -> node.asString(""))
        .toList();
  }

  /** Layers say what could be cleaned up in them; of a size they only say where most of it is. */
  private static @Nullable Excess excess(JsonNode evidence, ActionKind kind) {
    JsonNode found = evidence.path("found");
    JsonNode allowed = evidence.path("allowed");
    boolean listed =
        !evidence.path("items").isEmpty()
            || (kind == ActionKind.CLEANUP && !evidence.path("layers").isEmpty());
    return found.isNumber()
            && allowed.isNumber()
            && !listed
            && found.doubleValue() > allowed.doubleValue()
        ? new Excess(found.doubleValue(), allowed.doubleValue())
        : null;
  }
}
