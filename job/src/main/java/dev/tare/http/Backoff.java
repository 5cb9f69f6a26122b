package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.stop.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How long to wait before a request that failed in passing is sent again. */
public final class Backoff {
  /** Waits; replaced where a test must not. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  private static final int MOST_DOUBLINGS = 20;
  private static final int MOST_DIGITS = 18;
  private static final Duration LONGEST = Duration.ofSeconds(999_999_999);

  private final Retries retries;
  private final Sleeper sleeper;
  private final InstantSource clock;

  public Backoff(Retries retries, Sleeper sleeper, InstantSource clock) {
    this.retries = retries;
    this.sleeper = sleeper;
    this.clock = clock;
  }

  /** How often a request may be sent again. */
  public int retries() {
    return retries.count();
  }

  /** Tries something again as long as it fails in passing, and as often as may be. */
  public <T> T retrying(StopSignal stop, Supplier<T> attempt) {
    for (int retry = 0; ; retry++) {
      try {
        return attempt.get();
      } catch (TareException e) {
        stop.check();
        if (!e.retryHelps() || retry >= retries()) {
          throw e;
        }
        pause(retry, null, e);
      }
    }
  }

  /**
   * Waits before retry {@code retry}, 0 the first; throws {@code failure} at once where the server
   * asks for a longer wait than is allowed.
   *
   * @param retryAfter the header of that name, seconds or an HTTP date; null where there was none
   */
  public void pause(int retry, @Nullable String retryAfter, TareException failure) {
    Duration asked = asked(retryAfter);
    if (asked.compareTo(retries.longestWait()) > 0) {
      throw new TareException(
          failure.kind(),
          failure.getMessage()
              + "; the server asks to wait "
              + asked.toSeconds()
              + " s, longer than the longest wait of "
              + retries.longestWait().toSeconds()
              + " s",
          failure.hint(),
          failure);
    }
    Duration own = retries.firstWait().multipliedBy(1L << Math.min(retry, MOST_DOUBLINGS));
    if (own.compareTo(retries.longestWait()) > 0) {
      own = retries.longestWait();
    }
    // Half of it is chance, so that workers that failed together do not come back together.
    double part = 0.5 + ThreadLocalRandom.current().nextDouble() / 2;
    Duration wait = Duration.ofNanos((long) (own.toNanos() * part));
    try {
      sleeper.sleep(wait.compareTo(asked) > 0 ? wait : asked);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TareException(
          FailureKind.TRANSIENT, failure.getMessage() + "; interrupted", failure.hint(), e);
    }
  }

  /**
   * A number of seconds.
   *
   * @param digits of any length: what is longer than decades is decades
   */
  public static Duration seconds(String digits) {
    return digits.length() > MOST_DIGITS
        ? LONGEST
        : Duration.ofSeconds(Math.min(Long.parseLong(digits), LONGEST.toSeconds()));
  }

  /**
   * How long a server asks to wait.
   *
   * @param retryAfter the header of that name, seconds or an HTTP date; null where there was none
   */
  Duration asked(@Nullable String retryAfter) {
    if (retryAfter == null) {
      return Duration.ZERO;
    }
    if (retryAfter.strip().matches("\\d+")) {
      return seconds(retryAfter.strip());
    }
    try {
      Instant until =
          ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration asked = Duration.between(clock.instant(), until);
      return asked.isNegative() ? Duration.ZERO : asked;
    } catch (DateTimeParseException e) {
      return Duration.ZERO; // Neither of the two forms that HTTP knows: our own wait has to do.
    }
  }
}
