package dev.tare.finding;

import dev.tare.error.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Something the run was asked for and could not judge.
 *
 * @param reference an image, a repository or a registry; cut where a registry lists something
 *     longer than any name
 * @param digest of the manifest, where it is known
 * @param stage {@code registry}, {@code repository}, {@code manifest}, {@code config}, {@code
 *     layer} or {@code policy}
 * @param kind whose failure it is
 */
public record NotInspected(
    String reference, @Nullable String digest, String stage, String reason, FailureKind kind) {
  /** More than a host, a repository, a tag and a digest together take. */
  private static final int LONGEST_REFERENCE = 640;

  /** Cuts the reference. */
  public NotInspected {
    if (reference.length() > LONGEST_REFERENCE) {
      reference = reference.substring(0, LONGEST_REFERENCE) + "…";
    }
  }

  /** Content that is there, and cannot be read. */
  public NotInspected(String reference, @Nullable String digest, String stage, String reason) {
    this(reference, digest, stage, reason, FailureKind.BAD_CONTENT);
  }

  /**
   * Whether nothing of it was handed out: the name is not known, the credentials are refused, or
   * nobody answers. What is missing of an image that was handed out is that image's fault.
   */
  public boolean isOutOfReach() {
    return switch (kind) {
      case DENIED, ENVIRONMENT, TRANSIENT -> true;
      case NOT_FOUND -> digest == null;
      case USAGE, BAD_CONTENT, LIMIT, INTERNAL -> false;
    };
  }
}
