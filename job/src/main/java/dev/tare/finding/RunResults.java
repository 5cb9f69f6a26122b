package dev.tare.finding;

import java.util.List;
import java.util.function.Consumer;

/** The results of one stored run, read as a stream so that a run of any size fits. */
public interface RunResults {
  /** Which run it was. */
  RunInfo run();

  /** The run in numbers. */
  RunSummary summary();

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

  /** What could not be judged, ordered by reference. */
  List<NotInspected> notInspected();

  /**
   * What was there before and counts as gone since this run: repositories, {@code
   * localhost:5001/team/app}, and tags, {@code localhost:5001/team/app:1.2}; sorted.
   */
  default List<String> gone() {
    return List.of();
  }

  /** The waivers that it was given, in the order of their file. */
  default List<WaiverUse> waivers() {
    return List.of();
  }

  /** The rules that judged, ordered by identifier. */
  List<RuleDoc> rules();
}
