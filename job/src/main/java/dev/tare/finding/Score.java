package dev.tare.finding;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How far an image is from complying, as a number to rank and to follow; the verdict is {@link
 * Verdict}. What fails and what could not be answered count alike, by {@link Worth}; notes and what
 * somebody answers for do not. {@value #BEST} is an image that complies, and only such a one; ten
 * times the worth is {@value #TENFOLD} less.
 */
public final class Score {
  /** Of an image that complies. */
  public static final int BEST = 100;

  private static final int TENFOLD = 20;

  private Score() {}

  /** From 0 to {@value #BEST}, whatever the order of the outcomes. */
  public static int of(Collection<Outcome> outcomes) {
    long worth = 0;
    for (Outcome outcome : outcomes) {
      if (outcome.kind() == OutcomeKind.FAIL || outcome.kind() == OutcomeKind.UNKNOWN) {
        worth += Worth.of(outcome.severity());
      }
    }
    return (int) Math.max(0, Math.round(BEST - TENFOLD * Math.log10(1 + (double) worth)));
  }

  /** The mean of images. Rounded down: it is {@value #BEST} where all of them comply only. */
  public static final class Mean {
    private long sum;
    private long images;

    /** The next image. */
    public void add(int score) {
      sum += score;
      images++;
    }

    /** Null without an image. */
    public @Nullable Integer value() {
      return images == 0 ? null : Integer.valueOf((int) (sum / images));
    }
  }
}
