package dev.tare.finding;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as reports show it.
 *
 * @param registry {@code localhost:5001}
 * @param tags the line of tags it is about, {@code v*}; null for images without a tag
 * @param severity of its worst finding; for one that closed, of the worst it had
 * @param rules that fail, different ones
 * @param images digests of the images that it names
 * @param openedAt null where it is not written, as are the other times and the location
 * @param closedAt null where it is not closed
 * @param location in the tracker's words: a path relative to the report where it is a file beside
 *     it, else an address
 * @param change what the run did to it, null where it did nothing
 * @param note why, one sentence; null where there is nothing to say
 */
public record ReportedTicket(
    String registry,
    String repository,
    @Nullable String tags,
    State state,
    Severity severity,
    int rules,
    List<String> images,
    @Nullable Instant openedAt,
    @Nullable Instant updatedAt,
    @Nullable Instant closedAt,
    @Nullable String location,
    @Nullable Change change,
    @Nullable String note) {
  /** Whether it waits for somebody. */
  public enum State {
    /** Something fails. */
    OPEN,
    /** Nothing failed when it was last looked at. */
    CLOSED,
    /** It is not there: planned only, waiting for the next run, or it could not be written. */
    UNWRITTEN;

    /** The word in documents: {@code open}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a run did to a ticket, or would do. */
  public enum Change {
    /** It is new. */
    CREATED,
    /** It says something else. */
    UPDATED,
    /** Nothing it names fails any more. */
    CLOSED,
    /** It was closed and fails again. */
    REOPENED,
    /** The run did not see what it names. */
    KEPT,
    /** It would close, and no image of it was changed so that it complies: only so many do. */
    WAITING,
    /** One run opens only so many: it waits for the next. */
    DEFERRED,
    /** It could not be written. */
    FAILED;

    /** The word in documents: {@code created}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the digests. */
  public ReportedTicket {
    images = List.copyOf(images);
  }
}
