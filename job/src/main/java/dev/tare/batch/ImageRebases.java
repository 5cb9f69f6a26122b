package dev.tare.batch;

import dev.tare.batch.compare.ImageSides;
import dev.tare.batch.compare.StackReader;
import dev.tare.batch.compare.Stacks;
import dev.tare.batch.predict.StoredStacks;
import dev.tare.diff.ComparedImage;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.Outcome;
import dev.tare.oci.Digest;
import dev.tare.rebase.Prediction;
import dev.tare.rebase.Predictor;
import dev.tare.rebase.Rebase;
import dev.tare.rebase.RebasedImages;
import dev.tare.rebase.RebasedImages.NotRebased;
import dev.tare.rebase.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Predicts images on other bases from what is stored of layers; leaves no run behind. */
public final class ImageRebases {
  private final JobParts parts;
  private final RunArchive archive;
  private final StoredStacks stored;
  private final StackReader stacks;
  private final Predictor predictor;

  ImageRebases(JobParts parts, RunArchive archive, ImageSides sides) {
    this.parts = parts;
    this.archive = archive;
    this.stored = parts.stacks();
    this.stacks = new StackReader(stored, sides);
    this.predictor = parts.predictor();
  }

  /**
   * How it is said.
   *
   * @param depth how many levels of directories are opened
   * @param entries how many entries of a directory are shown
   */
  public record Shown(int depth, int entries) {}

  /**
   * What an image would be, platform by platform where both have several. {@code scratch} is the
   * base without layers.
   *
   * @param from what it is built on; null for what is known of that
   * @throws TareException of kind USAGE where it cannot be on that base, or its own layers are not
   *     known; NOT_FOUND where something is not there or could not be read
   */
  public RebasedImages rebase(
      ImageSide image,
      @Nullable ImageSide from,
      ImageSide onto,
      JudgeRequest judging,
      Shown shown,
      Progress progress) {
    Stacks froms = from == null ? null : stacks.base(from, judging, progress);
    Stacks ontos = stacks.base(onto, judging, progress);
    // After its bases, so that they are known when it is looked what it is built on.
    Stacks images = stacks.of(image, judging, progress);
    List<Rebase> rebases = new ArrayList<>();
    try (Judge judge = parts.judge(judging)) {
      images
          .byPlatform()
          .forEach((platform, stack) -> {
            Stack other = ontos.of(platform);
            Stack base = froms == null ? null : froms.of(platform);
            if (other != null && (froms == null || base != null)) {
              rebases.add(rebase(stack, base, other, judge, shown));
            }
          });
    }
    if (rebases.isEmpty()) {
      Stacks without = froms != null && !froms.hasAnyOf(images) ? froms : ontos;
      throw new TareException(
          FailureKind.USAGE,
          "rebase %s: it is for %s, %s for %s"
              .formatted(image.name(), images.platforms(), without.name(), without.platforms()),
          "A base has to be for the same platform.");
    }
    return new RebasedImages(rebases, List.of());
  }

  /**
   * What all images of the last scan that are built on a base would be on another one; none where
   * none is.
   */
  public RebasedImages rebaseAll(
      ImageSide from, ImageSide onto, JudgeRequest judging, Progress progress) {
    Stacks froms = stacks.base(from, judging, progress);
    Stacks ontos = stacks.base(onto, judging, progress);
    List<Rebase> rebases = new ArrayList<>();
    List<NotRebased> not = new ArrayList<>();
    try (Judge judge = parts.judge(judging)) {
      archive
          .results(null)
          .forEachImage(image -> {
            Stack base = froms.of(image.platform());
            if (base == null || !isOn(image.facts(), base)) {
              return;
            }
            try {
              Stack other = ontos.of(image.platform());
              if (other == null) {
                throw new TareException(
                    FailureKind.USAGE, onto.name() + " is not for " + image.platform());
              }
              rebases.add(
                  rebase(
                      stored.of(image.reference(), image.facts()),
                      base,
                      other,
                      judge,
                      new Shown(1, 1)));
            } catch (TareException e) {
              not.add(new NotRebased(image.reference(), String.valueOf(e.getMessage())));
            }
          });
    }
    return new RebasedImages(rebases, not);
  }

  /** Whether the layers of a base are the lowest of an image, and not all that it is. */
  private static boolean isOn(JsonNode facts, Stack base) {
    List<Digest> diffIds = base.config().diffIds();
    JsonNode layers = facts.path("layers");
    if (diffIds.isEmpty()
        || diffIds.size() > layers.size()
        || Objects.equals(StoredFacts.of(facts).image().digest(), base.digest())) {
      return false;
    }
    for (int i = 0; i < diffIds.size(); i++) {
      if (!diffIds.get(i).toString().equals(layers.path(i).path("diffId").asString(""))) {
        return false;
      }
    }
    return true;
  }

  private Rebase rebase(Stack image, @Nullable Stack named, Stack other, Judge judge, Shown shown) {
    Prediction prediction =
        predictor.predict(image, named == null ? stored.baseOf(image) : named, other);
    JsonNode document = prediction.document();
    if (document == null) {
      return prediction.rebase();
    }
    return prediction.with(
        judged(image.name(), image.document(), judge, true),
        judged(image.name() + " on " + other.name(), document, judge, false),
        shown.depth(),
        shown.entries());
  }

  /**
   * Both sides are matched with the feeds as they are now: what only they bring is no difference
   * that a base makes.
   *
   * @param real whether its digest is that of an image
   */
  private ComparedImage judged(String name, JsonNode facts, Judge judge, boolean real) {
    JsonNode matched = parts.matcher().matched(facts);
    List<Outcome> outcomes = judge.waive(matched, judge.evaluate(matched).outcomes());
    if (!real && matched.path("image") instanceof ObjectNode image) {
      image.putNull("digest");
    }
    return new ComparedImage(name, matched, outcomes);
  }
}
