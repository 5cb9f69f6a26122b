package dev.tare.ticket.text;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.TagLine;
import dev.tare.finding.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Whether the newest image of a line complies while older ones fail. Says so only where all that
 * fail are known to be older: images whose builds write no time, or all the same one, are neither.
 */
final class NewestTag {
  /** Images without a time of their own have this one, or none. */
  private static final Instant NO_TIME = Instant.parse("1980-01-02T00:00:00Z");

  private @Nullable String tag;
  private Instant compliant = Instant.MIN;
  private Instant failing = Instant.MIN;
  private boolean unknown;

  /**
   * The next image of the line.
   *
   * @param created RFC 3339; null where it is not known
   */
  void add(JudgedImage image, @Nullable String created, boolean fails) {
    Instant time = instant(created);
    if (fails) {
      unknown |= time == null;
      failing = time != null && time.isAfter(failing) ? time : failing;
    } else if (time != null
        && !image.tags().isEmpty()
        && image.verdict() == Verdict.COMPLIANT
        && time.isAfter(compliant)) {
      compliant = time;
      tag = TagLine.mostSpecific(image.tags());
    } else if (image.verdict() != Verdict.COMPLIANT) {
      // Of what is not known to comply, none may be newer.
      failing = time != null && time.isAfter(failing) ? time : failing;
      unknown |= time == null;
    }
  }

  @Nullable String compliant() {
    return !unknown && compliant.isAfter(failing) ? tag : null;
  }

  private static @Nullable Instant instant(@Nullable String created) {
    if (created == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(created).toInstant();
      return time.isBefore(NO_TIME) ? null : time;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
