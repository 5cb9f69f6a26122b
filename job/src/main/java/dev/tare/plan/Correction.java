package dev.tare.plan;

import org.jspecify.annotations.Nullable;

/**
 * A line of a Dockerfile to write.
 *
 * @param step the step that it takes the place of, as the history tells it; null for a line at the
 *     end
 * @param write the line, to copy
 */
public record Correction(@Nullable String step, String write) {}
