package dev.tare.lineage;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A smaller image that could carry what another base carries, and the measured difference. No word
 * about whether it would do: libraries that an application needs may be missing.
 *
 * @param bytesLess compressed
 * @param packagesLess null where packages of one of them could not be measured; negative where it
 *     has more
 * @param toolsGone names of tools that it does not have; null where tools of one of them could not
 *     be measured
 * @param toolsNew names of tools that only it has; null as {@code toolsGone}
 * @param sameOs whether both are of one distribution
 * @param runtimes language runtimes that both have
 */
public record Relative(
    ComparedImage image,
    long bytesLess,
    @Nullable Integer packagesLess,
    @Nullable SortedSet<String> toolsGone,
    @Nullable SortedSet<String> toolsNew,
    boolean sameOs,
    SortedSet<String> runtimes) {}
