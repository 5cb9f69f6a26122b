package dev.tare.plan;

import dev.tare.finding.ActionKind;
import dev.tare.finding.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing to do.
 *
 * @param subject what is changed: a base, an image, {@code localhost:5001/team/web:*} for a line of
 *     tags
 * @param base whether the subject is what others are built on
 * @param own whether it changes what the images add to what they are built on; null where it is not
 *     known who brought it
 * @param images that it changes, sorted
 * @param ends findings that are gone after this action and those before it in the plan, and were
 *     not before, by severity
 * @param rules of the findings that it has a part in ending, the worst first
 * @param aims rules whose findings it works against, without it being known whether they end
 * @param steps build steps that bring what fails, as the history tells them
 * @param corrections lines to write, where they are certain
 * @param proposal for a base, a smaller image in its place; null where none is known
 * @param saves null where it is not known
 */
public record Action(
    ActionKind kind,
    String title,
    String subject,
    boolean base,
    @Nullable Boolean own,
    List<PlannedImage> images,
    Map<Severity, Integer> ends,
    List<String> rules,
    List<String> aims,
    List<String> steps,
    List<Correction> corrections,
    @Nullable Proposal proposal,
    @Nullable Saving saves) {
  /** Copies the collections. */
  public Action {
    images = List.copyOf(images);
    EnumMap<Severity, Integer> counts = new EnumMap<>(Severity.class);
    counts.putAll(ends);
    ends = Map.copyOf(counts);
    rules = List.copyOf(rules);
    aims = List.copyOf(aims);
    steps = List.copyOf(steps);
    corrections = List.copyOf(corrections);
  }

  /** How many findings it ends, notes left out. */
  public int ended() {
    return ends.entrySet().stream()
        .filter(entry -> entry.getKey() != Severity.NOTE)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
