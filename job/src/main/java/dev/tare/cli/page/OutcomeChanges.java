package dev.tare.cli.page;

import dev.tare.cli.terminal.OneLine;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What came out otherwise when the same facts were judged again. */
public final class OutcomeChanges {
  private static final int SHOWN = 40;

  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> changes = new ArrayList<>();

  /** By reference. */
  private final Map<String, Set<String>> platforms = new HashMap<>();

  private OutcomeChanges() {}

  /** What came out of a rule; of a failure its severity counts too. */
  private record Judged(OutcomeKind kind, Severity severity) {
    boolean isSame(@Nullable Judged other) {
      return other != null
          && kind == other.kind
          && (kind != OutcomeKind.FAIL || severity == other.severity);
    }
  }

  /** The differences from one run to another over the same images. */
  public static OutcomeChanges between(RunResults before, RunResults after) {
    Map<String, Map<String, Judged>> then = new HashMap<>();
    OutcomeChanges changes = new OutcomeChanges();
    before.forEachVerdict(image -> {
      then.put(key(image), judged(image));
      changes
          .platforms
          .computeIfAbsent(image.reference(), r -> new HashSet<>())
          .add(image.platform());
    });
    after.forEachVerdict(image -> {
      Map<String, Judged> old = then.getOrDefault(key(image), Map.of());
      Map<String, Judged> now = judged(image);
      now.forEach((rule, judged) -> changes.add(image, rule, old.get(rule), judged));
      old.forEach((rule, judged) -> {
        if (!now.containsKey(rule)) {
          changes.add(image, rule, judged, null);
        }
      });
    });
    return changes;
  }

  private static String key(JudgedImage image) {
    return image.registry() + "/" + image.repository() + "@" + image.digest() + " " + image.tags();
  }

  private static Map<String, Judged> judged(JudgedImage image) {
    Map<String, Judged> judged = new LinkedHashMap<>();
    for (Outcome outcome : image.outcomes()) {
      judged.put(outcome.rule().intern(), new Judged(outcome.kind(), outcome.severity()));
    }
    return judged;
  }

  private void add(JudgedImage image, String rule, @Nullable Judged from, @Nullable Judged to) {
    if (from == null ? to == null : from.isSame(to)) {
      return;
    }
    boolean sameKind = from != null && to != null && from.kind() == to.kind();
    String change = word(from, sameKind) + " → " + word(to, sameKind);
    counts.merge(change, 1, Integer::sum);
    if (changes.size() < SHOWN) {
      changes.add("  " + name(image) + "  " + rule + "  " + change);
    }
  }

  /** With the platform where the reference names images of several. */
  private String name(JudgedImage image) {
    String reference = OneLine.of(image.reference());
    return platforms.getOrDefault(image.reference(), Set.of()).size() > 1
        ? reference + " " + OneLine.of(image.platform())
        : reference;
  }

  private static String word(@Nullable Judged judged, boolean withSeverity) {
    if (judged == null) {
      return "not judged";
    }
    return judged.kind().word() + (withSeverity ? " " + judged.severity().word() : "");
  }

  /** Lines for people; {@code run} is what was compared with. */
  public List<String> lines(String run) {
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
