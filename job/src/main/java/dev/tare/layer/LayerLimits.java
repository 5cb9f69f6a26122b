package dev.tare.layer;

/**
 * How much of a layer, which anybody may have pushed, is taken in before the scan of it is given
 * up. Each limit that is hit ends the scan with a {@link dev.tare.error.TareException} of kind
 * LIMIT that names the limit and its property; the defaults lie far above what honest layers have.
 *
 * @param maximumEntries entries of the tar, {@code tare.limits.maximum-entries}; default 2,000,000
 *     (the largest public images have a few hundred thousand)
 * @param maximumPathBytes of a path or link target, {@code tare.limits.maximum-path-bytes}; default
 *     4,096, PATH_MAX of Linux
 * @param maximumPaxHeaderBytes of one extended header, GNU long name or sparse map, {@code
 *     tare.limits.maximum-pax-header-bytes}; default 1 MiB, as Go's archive/tar has it
 * @param maximumUncompressedBytes of the tar, {@code tare.limits.maximum-uncompressed-bytes};
 *     default 64 GiB
 * @param maximumExpansion uncompressed bytes for each compressed byte, {@code
 *     tare.limits.maximum-expansion}; default 200 (ordinary layers reach 2 to 10; 1,032 is the most
 *     that gzip can do)
 * @param expansionFloorBytes uncompressed bytes up to which any expansion is allowed, {@code
 *     tare.limits.expansion-floor-bytes}; default 1 GiB, because an honest layer may hold one
 *     preallocated file full of zeros
 * @param maximumKeptBytes of file content kept of one layer, {@code
 *     tare.limits.maximum-kept-bytes}; default 32 MiB, a sixth of the memory that the launcher
 *     gives java
 */
public record LayerLimits(
    int maximumEntries,
    int maximumPathBytes,
    int maximumPaxHeaderBytes,
    long maximumUncompressedBytes,
    int maximumExpansion,
    long expansionFloorBytes,
    long maximumKeptBytes) {

  /** The defaults as documented. */
  public static final LayerLimits DEFAULTS =
      new LayerLimits(2_000_000, 4_096, 1 << 20, 64L << 30, 200, 1L << 30, 32L << 20);

  /** Every limit is at least 1. */
  public LayerLimits {
    if (maximumEntries < 1
        || maximumPathBytes < 1
        || maximumPaxHeaderBytes < 1
        || maximumUncompressedBytes < 1
        || maximumExpansion < 1
        || expansionFloorBytes < 1
        || maximumKeptBytes < 1) {
      throw new IllegalArgumentException("every limit must be at least 1: " + this);
    }
  }
}
