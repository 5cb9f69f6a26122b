package dev.tare.ticket.tracker.web;

import dev.tare.http.Backoff;
import dev.tare.http.HttpAnswer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long a server asks to wait.
 *
 * @see <a
 *     href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api">GitHub:
 *     what to do at a rate limit</a>
 */
final class RateLimit {
  /** Where a server does not say how long, as GitHub advises. */
  private static final Duration USUAL = Duration.ofMinutes(1);

  private RateLimit() {}

  /** Null where the answer is none about too many requests. */
  static @Nullable Duration asked(HttpAnswer answer, String body, Instant now) {
    if (answer.status() != 429 && answer.status() != 403) {
      return null;
    }
    Duration after = after(answer.header("Retry-After"), now);
    if (after != null) {
      return after;
    }
    if ("0".equals(answer.header("X-RateLimit-Remaining"))) {
      Duration reset = until(answer.header("X-RateLimit-Reset"), now);
      return reset == null ? USUAL : reset;
    }
    boolean secondary = body.toLowerCase(Locale.ROOT).contains("secondary rate limit");
    return answer.status() == 429 || secondary ? USUAL : null;
  }

  /** Seconds, or a date of HTTP; null for none, and for what is neither. */
  static @Nullable Duration after(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String value = header.strip();
    if (value.matches("\\d+")) {
      return Backoff.seconds(value);
    }
    try {
      return positive(
          now, ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Seconds of the epoch. */
  private static @Nullable Duration until(@Nullable String header, Instant now) {
    return header != null && header.strip().matches("\\d{1,12}")
        ? positive(now, Instant.ofEpochSecond(Long.parseLong(header.strip())))
        : null;
  }

  private static Duration positive(Instant now, Instant until) {
    return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
  }
}
