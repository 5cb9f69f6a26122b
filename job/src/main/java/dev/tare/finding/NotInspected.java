package dev.tare.finding;

import dev.tare.error.FailureKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something the run was asked for and could not judge.
 *
 * @param reference an image, a repository or a registry; cut where a registry lists something
 *     longer than any name
 * @param digest of the manifest, where it is known
 * @param stage how far the run came with it
 * @param kind whose failure it is
 */
public record NotInspected(
    String reference, @Nullable String digest, Stage stage, String reason, FailureKind kind) {
  /** What was being read when it failed, from the whole to its parts. */
  public enum Stage {
    REGISTRY,
    REPOSITORY,
    MANIFEST,
    CONFIG,
    LAYER;

    /** The word in documents and in the state: {@code registry}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The stage of this word; IllegalArgumentException for any other. */
    public static Stage of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** More than a host, a repository, a tag and a digest together take. */
  private static final int LONGEST_REFERENCE = 640;

  /** Cuts the reference. */
  public NotInspected {
    if (reference.length() > LONGEST_REFERENCE) {
      reference = reference.substring(0, LONGEST_REFERENCE) + "…";
    }
  }

  /** Content that is there, and cannot be read. */
  public NotInspected(String reference, @Nullable String digest, Stage stage, String reason) {
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
