package dev.tare.lineage;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What bases are compared by.
 *
 * @param os ID of os-release, {@code debian}; null where there is none
 * @param endOfLife last day of support of the distribution; null where it is not known
 * @param runtimes language runtimes without their versions: {@code python}
 * @param sizeBytes compressed
 * @param packages how many are installed; null where that could not be measured
 * @param tools names of those found; null where that could not be measured
 * @param startsNothing whether it starts a shell, a runtime's prompt, or nothing: nobody put an
 *     application in
 */
public record Contents(
    @Nullable String os,
    @Nullable LocalDate endOfLife,
    Set<String> runtimes,
    long sizeBytes,
    @Nullable Integer packages,
    @Nullable Set<String> tools,
    boolean startsNothing) {
  /** Copies the sets. */
  public Contents {
    runtimes = Set.copyOf(runtimes);
    tools = tools == null ? null : Set.copyOf(tools);
  }

  /** Whether its distribution is known to get no fixes any more on this day. */
  boolean isPastItsEnd(LocalDate day) {
    return endOfLife != null && endOfLife.isBefore(day);
  }
}
