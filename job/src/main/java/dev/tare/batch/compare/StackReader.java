package dev.tare.batch.compare;

import dev.tare.batch.ImageSide;
import dev.tare.batch.JudgeRequest;
import dev.tare.batch.Progress;
import dev.tare.batch.predict.StoredStacks;
import dev.tare.rebase.Stack;
import java.util.Map;
import java.util.TreeMap;

/** Images that somebody names, to lay their layers elsewhere. */
public final class StackReader {
  private static final String ACTION = "rebase";

  private final StoredStacks stored;
  private final ImageSides sides;

  public StackReader(StoredStacks stored, ImageSides sides) {
    this.stored = stored;
    this.sides = sides;
  }

  /** An image by platform; throws as {@link ImageSides#facts} does. */
  public Stacks of(ImageSide side, JudgeRequest judging, Progress progress) {
    Map<String, Stack> byPlatform = new TreeMap<>();
    sides
        .facts(ACTION, side, judging, progress)
        .forEach((platform, facts) -> byPlatform.put(platform, stored.of(side.name(), facts)));
    return new Stacks(side.name(), byPlatform, null);
  }

  /** The same of a base, which may be {@code scratch}. */
  public Stacks base(ImageSide side, JudgeRequest judging, Progress progress) {
    return side.name().equals(Stack.SCRATCH.name())
        ? new Stacks(side.name(), Map.of(), Stack.SCRATCH)
        : of(side, judging, progress);
  }
}
