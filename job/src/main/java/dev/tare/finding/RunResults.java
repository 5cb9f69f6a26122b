package dev.tare.finding;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The results of one stored run, read as a stream so that a run of any size fits. */
public interface RunResults {
  /** Which run it was. */
  RunInfo run();

  /** The run in numbers. */
  RunSummary summary();

  /**
   * What is told beside the images where their own part alone is; null where they are told whole.
   */
  default @Nullable OwnReading own() {
    return null;
  }

  /**
   * Hands over each image, ordered by repository, tag and platform. May be called more than once.
   */
  void forEachImage(Consumer<JudgedImage> consumer);

  /**
   * Like {@link #forEachImage}, where only names, verdicts and outcomes are asked for: the facts
   * may be missing, which is several times faster.
   */
  default void forEachVerdict(Consumer<JudgedImage> consumer) {
    forEachImage(consumer);
  }

  /**
   * Like {@link #forEachVerdict}, of the images that another run of the same state listed and
   * judged alike, as far as that is known without reading them.
   */
  default void forEachAlike(RunResults other, Consumer<JudgedImage> consumer) {}

  /** All that {@link #forEachAlike} leaves out. */
  default void forEachUnlike(RunResults other, Consumer<JudgedImage> consumer) {
    forEachVerdict(consumer);
  }

  /** Each image in numbers, in the same order; what images weigh may be missing. */
  default void forEachSummary(Consumer<ImageSummary> consumer) {
    forEachVerdict(image -> consumer.accept(ImageSummary.of(run().id(), image)));
  }

  /** The images with one of these digests, in the same order. */
  default void forEachImageOf(Collection<String> digests, Consumer<JudgedImage> consumer) {
    Set<String> wanted = Set.copyOf(digests);
    forEachImage(image -> {
      if (wanted.contains(image.digest())) {
        consumer.accept(image);
      }
    });
  }

  /** What could not be judged, ordered by reference. */
  List<NotInspected> notInspected();

  /**
   * What was there before and counts as gone since this run: repositories, {@code
   * localhost:5001/team/app}, and tags, {@code localhost:5001/team/app:1.2}; sorted.
   */
  default List<String> gone() {
    return List.of();
  }

  /** On which terms it was made; null for a run of a version that did not keep them. */
  default @Nullable RunTerms terms() {
    return null;
  }

  /** The waivers that it was given, in the order of their file. */
  default List<WaiverUse> waivers() {
    return List.of();
  }

  /** The rules that judged, ordered by identifier. */
  List<RuleDoc> rules();
}
