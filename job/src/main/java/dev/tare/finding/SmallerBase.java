package dev.tare.finding;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A smaller image beside a base, and the measured difference; what cannot be compared is null.
 *
 * @param os ID of os-release, {@code debian}; null where there is none
 * @param sameOs whether the base is of the same distribution
 * @param runtimes language runtimes that both have
 * @param sizeBytes compressed
 * @param bytesLess compressed
 * @param packagesLess negative where it has more packages
 * @param toolsGone names of tools that only the base has
 * @param toolsNew names of tools that only the smaller image has
 * @param vulnerabilities null where it was not matched with the feeds of the base
 */
public record SmallerBase(
    String reference,
    String digest,
    String platform,
    @Nullable String os,
    boolean sameOs,
    Set<String> runtimes,
    long sizeBytes,
    long bytesLess,
    @Nullable Integer packagesLess,
    @Nullable Set<String> toolsGone,
    @Nullable Set<String> toolsNew,
    @Nullable MatchedVulnerabilities vulnerabilities) {}
