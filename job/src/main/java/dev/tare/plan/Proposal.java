package dev.tare.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A smaller image that could take the place of a base: what is known of it, no word about whether
 * an application would find there what it needs.
 *
 * @param bytesLess compressed
 * @param sameOs whether it is of the same distribution
 * @param passes of the rules that the base brings failures of, those that it passes itself, or that
 *     do not apply to it
 * @param fails of those, the ones that it fails itself
 * @param unknown of those, the ones of which it is not known
 * @param prospect what the images would be on it; null where that was not looked at
 */
public record Proposal(
    String reference,
    String digest,
    long sizeBytes,
    long bytesLess,
    boolean sameOs,
    List<String> passes,
    List<String> fails,
    List<String> unknown,
    @Nullable Prospect prospect) {
  /** Copies the lists. */
  public Proposal {
    passes = List.copyOf(passes);
    fails = List.copyOf(fails);
    unknown = List.copyOf(unknown);
  }

  /** How much more images on it end than add; 0 where that is not known. */
  long worth() {
    return prospect == null ? 0 : prospect.worth();
  }
}
