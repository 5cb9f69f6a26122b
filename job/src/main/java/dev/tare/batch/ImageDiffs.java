package dev.tare.batch;

import dev.tare.batch.compare.ImageSides;
import dev.tare.diff.ComparedImage;
import dev.tare.diff.ImageComparer;
import dev.tare.diff.ImageDiff;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.Outcome;
import dev.tare.inspect.FileComparer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Compares images; leaves no run behind. */
public final class ImageDiffs {
  private final JobParts parts;
  private final InspectJob inspect;
  private final ImageSides sides;

  ImageDiffs(JobParts parts, InspectJob inspect, ImageSides sides) {
    this.parts = parts;
    this.inspect = inspect;
    this.sides = sides;
  }

  /**
   * Compares two sides, platform by platform where they have several.
   *
   * @param depth how many levels of directories are opened
   * @param entries how many entries of a directory are shown
   * @throws TareException of kind USAGE where they have no platform in common; NOT_FOUND where one
   *     is not there or could not be read
   */
  public List<ImageDiff> compare(
      ImageSide before,
      ImageSide after,
      JudgeRequest judging,
      int depth,
      int entries,
      Progress progress) {
    Map<String, JsonNode> first = sides.facts("compare", before, judging, progress);
    Map<String, JsonNode> second = sides.facts("compare", after, judging, progress);
    try (Judge judge = parts.judge(judging)) {
      List<ImageDiff> diffs = new ArrayList<>();
      for (Map.Entry<JsonNode, JsonNode> pair : pairs(first, second).entrySet()) {
        diffs.add(
            ImageComparer.compare(
                image(before.name(), pair.getKey(), judge),
                image(after.name(), pair.getValue(), judge),
                FileComparer.compare(
                    inspect.layers(StoredFacts.of(pair.getKey())),
                    inspect.layers(StoredFacts.of(pair.getValue())),
                    depth,
                    entries)));
      }
      return diffs;
    }
  }

  /** Two images are compared whatever they run on; of indexes, what both have. */
  private static Map<JsonNode, JsonNode> pairs(
      Map<String, JsonNode> first, Map<String, JsonNode> second) {
    Map<JsonNode, JsonNode> pairs = new LinkedHashMap<>();
    if (first.size() == 1 && second.size() == 1) {
      pairs.put(first.values().iterator().next(), second.values().iterator().next());
      return pairs;
    }
    first.forEach((platform, facts) -> {
      JsonNode other = second.get(platform);
      if (other != null) {
        pairs.put(facts, other);
      }
    });
    if (pairs.isEmpty()) {
      throw new TareException(
          FailureKind.USAGE,
          "compare images: one is for "
              + String.join(", ", new TreeSet<>(first.keySet()))
              + ", the other for "
              + String.join(", ", new TreeSet<>(second.keySet())),
          "Name platforms that both have: --platform OS/ARCH.");
    }
    return pairs;
  }

  /** By feeds alone: what was said when one of them was scanned is no difference. */
  private ComparedImage image(String name, JsonNode read, Judge judge) {
    JsonNode facts = parts.matcher().byFeedsAlone(read);
    List<Outcome> outcomes = judge.evaluate(facts).outcomes();
    return new ComparedImage(name, facts, judge.waive(facts, outcomes));
  }
}
