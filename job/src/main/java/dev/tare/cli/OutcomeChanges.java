package dev.tare.cli;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RunResults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What came out otherwise when the same facts were judged again. */
final class OutcomeChanges {
  private static final int SHOWN = 40;

  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> changes = new ArrayList<>();

  private OutcomeChanges() {}

  /** The differences from one run to another over the same images. */
  static OutcomeChanges between(RunResults before, RunResults after) {
    Map<String, Map<String, OutcomeKind>> then = new HashMap<>();
    before.forEachImage(image -> then.put(key(image), kinds(image)));
    OutcomeChanges changes = new OutcomeChanges();
    after.forEachImage(image -> {
      Map<String, OutcomeKind> old = then.getOrDefault(key(image), Map.of());
      Map<String, OutcomeKind> now = kinds(image);
      for (Outcome outcome : image.outcomes()) {
        changes.add(image, outcome.rule(), old.get(outcome.rule()), outcome.kind());
      }
      old.forEach((rule, kind) -> {
        if (!now.containsKey(rule)) {
          changes.add(image, rule, kind, null);
        }
      });
    });
    return changes;
  }

  private static String key(JudgedImage image) {
    return image.registry() + "/" + image.repository() + "@" + image.digest() + " " + image.tags();
  }

  private static Map<String, OutcomeKind> kinds(JudgedImage image) {
    Map<String, OutcomeKind> kinds = new HashMap<>();
    image.outcomes().forEach(outcome -> kinds.put(outcome.rule().intern(), outcome.kind()));
    return kinds;
  }

  private void add(
      JudgedImage image, String rule, @Nullable OutcomeKind from, @Nullable OutcomeKind to) {
    if (from == to) {
      return;
    }
    String change = word(from) + " → " + word(to);
    counts.merge(change, 1, Integer::sum);
    if (changes.size() < SHOWN) {
      changes.add("  " + OneLine.of(image.reference()) + "  " + rule + "  " + change);
    }
  }

  private static String word(@Nullable OutcomeKind kind) {
    return kind == null ? "not judged" : kind.word();
  }

  /** Lines for people; {@code run} is what was compared with. */
  List<String> lines(String run) {
    if (counts.isEmpty()) {
      return List.of("Compared with " + run + ": every outcome is the same.");
    }
    List<String> lines = new ArrayList<>();
    List<String> totals = new ArrayList<>();
    counts.forEach((change, count) -> totals.add(count + " " + change));
    lines.add("Compared with " + run + ": " + String.join(", ", totals));
    lines.addAll(changes);
    int more = counts.values().stream().mapToInt(Integer::intValue).sum() - changes.size();
    if (more > 0) {
      lines.add("  … and " + more + " more, in the reports of both runs");
    }
    return lines;
  }
}
