package dev.tare.batch.compare;

import dev.tare.batch.ImageSide;
import dev.tare.batch.InspectJob;
import dev.tare.batch.InspectedImages;
import dev.tare.batch.JudgeRequest;
import dev.tare.batch.Progress;
import dev.tare.batch.RunArchive;
import dev.tare.batch.ScanRequest;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.NotInspected;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Finds the facts of images that somebody names. */
public final class ImageSides {
  private final InspectJob inspect;
  private final RunArchive archive;

  public ImageSides(InspectJob inspect, RunArchive archive) {
    this.inspect = inspect;
    this.archive = archive;
  }

  /**
   * The facts of an image by platform.
   *
   * @param action that needs them, for messages: {@code compare}
   * @throws TareException of kind NOT_FOUND where it is not there or could not be read; USAGE where
   *     several are meant
   */
  public Map<String, JsonNode> facts(
      String action, ImageSide side, JudgeRequest judging, Progress progress) {
    String subject = action + " " + side.name();
    ScanRequest request = side.request();
    Map<String, JsonNode> facts = new LinkedHashMap<>();
    if (request == null) {
      archive
          .results(null)
          .forEachImage(image -> {
            if (side.wants(image)) {
              add(facts, image.platform(), image.facts(), subject);
            }
          });
    } else {
      InspectedImages inspected = inspect.run(request, judging, progress);
      for (NotInspected problem : inspected.notInspected()) {
        throw new TareException(
            FailureKind.NOT_FOUND, subject + ": " + problem.reference() + ": " + problem.reason());
      }
      inspected
          .facts()
          .forEach(one -> add(facts, StoredFacts.of(one).image().platform(), one, subject));
    }
    if (facts.isEmpty()) {
      throw new TareException(
          FailureKind.NOT_FOUND,
          subject + ": there is no such image there",
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
  private static void add(
      Map<String, JsonNode> facts, String platform, JsonNode one, String subject) {
    JsonNode other = facts.putIfAbsent(platform, one);
    if (other != null
        && !Objects.equals(
            StoredFacts.of(other).image().digest(), StoredFacts.of(one).image().digest())) {
      throw new TareException(
          FailureKind.USAGE,
          subject + ": there are several images of that name for " + platform,
          "Name one of them by its tag or digest, with the registry in front.");
    }
  }
}
