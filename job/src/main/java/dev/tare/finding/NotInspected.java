package dev.tare.finding;

import org.jspecify.annotations.Nullable;

/**
 * Something the run was asked for and could not judge.
 *
 * @param reference an image, a repository or a registry
 * @param digest of the manifest, where it is known
 * @param stage {@code registry}, {@code repository}, {@code manifest}, {@code config}, {@code
 *     layer} or {@code policy}
 */
public record NotInspected(
    String reference, @Nullable String digest, String stage, String reason) {}
