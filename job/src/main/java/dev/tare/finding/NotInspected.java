package dev.tare.finding;

import org.jspecify.annotations.Nullable;

/**
 * Something the run was asked for and could not judge.
 *
 * @param reference an image, a repository or a registry; cut where a registry lists something
 *     longer than any name
 * @param digest of the manifest, where it is known
 * @param stage {@code registry}, {@code repository}, {@code manifest}, {@code config}, {@code
 *     layer} or {@code policy}
 */
public record NotInspected(String reference, @Nullable String digest, String stage, String reason) {
  /** More than a host, a repository, a tag and a digest together take. */
  private static final int LONGEST_REFERENCE = 640;

  /** Cuts the reference. */
  public NotInspected {
    if (reference.length() > LONGEST_REFERENCE) {
      reference = reference.substring(0, LONGEST_REFERENCE) + "…";
    }
  }
}
