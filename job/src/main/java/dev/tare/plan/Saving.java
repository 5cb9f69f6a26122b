package dev.tare.plan;

/**
 * Compressed bytes that an action saves.
 *
 * @param registryBytes in the registry, each layer counted once
 * @param pullBytes the most that it saves when one of the images is pulled
 * @param estimated whether they follow from uncompressed bytes and how well the layers compress
 */
public record Saving(long registryBytes, long pullBytes, boolean estimated) {}
