package dev.tare.batch;

import dev.tare.diff.ComparedImage;
import dev.tare.diff.ImageComparer;
import dev.tare.diff.ImageDiff;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.Outcome;
import dev.tare.inspect.FileComparer;
import dev.tare.oci.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares images; leaves no run behind. */
public final class ImageDiffs {
  private final JobParts parts;
  private final InspectJob inspect;
  private final RunArchive archive;

  ImageDiffs(JobParts parts, InspectJob inspect, RunArchive archive) {
    this.parts = parts;
    this.inspect = inspect;
    this.archive = archive;
  }

  /**
   * One side: an image that is inspected, or one that the last scan saw.
   *
   * @param name as it was asked for
   * @param request null for one of the last scan
   * @param platforms that one of the last scan is for; empty means all
   */
  public record Side(String name, @Nullable ScanRequest request, List<Platform> platforms) {
    /** Copies the list. */
    public Side {
      platforms = List.copyOf(platforms);
    }

    private boolean wants(JudgedImage image) {
      return isNamed(image, name) && (platforms.isEmpty() || isFor(image.platform()));
    }

    private boolean isFor(String platform) {
      return platforms.stream().anyMatch(one -> one.accepts(Platform.parse(platform)));
    }
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
      Side before, Side after, JudgeRequest judging, int depth, int entries, Progress progress) {
    Map<String, JsonNode> first = facts(before, judging, progress);
    Map<String, JsonNode> second = facts(after, judging, progress);
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

  private ComparedImage image(String name, JsonNode facts, Judge judge) {
    List<Outcome> outcomes = judge.evaluate(facts).outcomes();
    return new ComparedImage(name, facts, judge.waive(facts, outcomes));
  }

  /** By platform. */
  private Map<String, JsonNode> facts(Side side, JudgeRequest judging, Progress progress) {
    ScanRequest request = side.request();
    Map<String, JsonNode> facts = new LinkedHashMap<>();
    if (request == null) {
      archive
          .results(null)
          .forEachImage(image -> {
            if (side.wants(image)) {
              add(facts, image.platform(), image.facts(), side.name());
            }
          });
    } else {
      InspectedImages inspected = inspect.run(request, judging, progress);
      for (NotInspected problem : inspected.notInspected()) {
        throw new TareException(
            FailureKind.NOT_FOUND,
            "compare " + side.name() + ": " + problem.reference() + ": " + problem.reason());
      }
      inspected
          .facts()
          .forEach(one -> add(facts, StoredFacts.of(one).image().platform(), one, side.name()));
    }
    if (facts.isEmpty()) {
      throw new TareException(
          FailureKind.NOT_FOUND,
          "compare " + side.name() + ": there is no such image there",
          request == null
              ? "tare report shows what the last scan saw: the name with its tag, as it stands"
                  + " there."
              : null);
    }
    return facts;
  }

  /**
   * Two images of one name, of two registries or without a tag in an archive, are not told apart.
   */
  private static void add(Map<String, JsonNode> facts, String platform, JsonNode one, String name) {
    JsonNode other = facts.putIfAbsent(platform, one);
    if (other != null
        && !Objects.equals(
            StoredFacts.of(other).image().digest(), StoredFacts.of(one).image().digest())) {
      throw new TareException(
          FailureKind.USAGE,
          "compare " + name + ": there are several images of that name for " + platform,
          "Name one of them by its tag or digest, with the registry in front.");
    }
  }

  private static boolean isNamed(JudgedImage image, String name) {
    for (String repository :
        List.of(image.repository(), image.registry() + "/" + image.repository())) {
      if (name.equals(repository + "@" + image.digest())
          || image.tags().stream().anyMatch(tag -> name.equals(repository + ":" + tag))) {
        return true;
      }
    }
    return name.equals(image.reference());
  }
}
