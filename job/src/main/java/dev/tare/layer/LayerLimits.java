package dev.tare.layer;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
 *     tare.limits.maximum-kept-bytes}: what is above it is a gap; default 256 MiB, less where the
 *     heap is small
 */
public record LayerLimits(
    int maximumEntries,
    int maximumPathBytes,
    int maximumPaxHeaderBytes,
    long maximumUncompressedBytes,
    int maximumExpansion,
    long expansionFloorBytes,
    long maximumKeptBytes) {

  private static final long MOST = Long.MAX_VALUE;

  /** The defaults as documented. */
  public static final LayerLimits DEFAULTS =
      new LayerLimits(2_000_000, 4_096, 1 << 20, 64L << 30, 200, 1L << 30, 256L << 20);

  /**
   * The defaults, but for what properties say, in the names above.
   *
   * @param property gives the value of a property, or null
   * @param layersAtOnce which share an eighth of the heap for what is kept of them
   * @throws TareException of kind USAGE where a value is no number of 1 or more
   */
  public static LayerLimits of(Function<String, @Nullable String> property, int layersAtOnce) {
    long keptBytes = Runtime.getRuntime().maxMemory() / 8 / layersAtOnce;
    return new LayerLimits(
        (int) number(property, "maximum-entries", DEFAULTS.maximumEntries, Integer.MAX_VALUE),
        (int) number(property, "maximum-path-bytes", DEFAULTS.maximumPathBytes, 1 << 20),
        (int) number(property, "maximum-pax-header-bytes", DEFAULTS.maximumPaxHeaderBytes, 1 << 28),
        number(property, "maximum-uncompressed-bytes", DEFAULTS.maximumUncompressedBytes, MOST),
        (int) number(property, "maximum-expansion", DEFAULTS.maximumExpansion, Integer.MAX_VALUE),
        number(property, "expansion-floor-bytes", DEFAULTS.expansionFloorBytes, MOST),
        number(
            property,
            "maximum-kept-bytes",
            Math.clamp(keptBytes, 1, DEFAULTS.maximumKeptBytes),
            MOST));
  }

  private static long number(
      Function<String, @Nullable String> property, String name, long otherwise, long most) {
    String key = "tare.limits." + name;
    String value = property.apply(key);
    if (value == null) {
      return otherwise;
    }
    long number = value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    if (number < 1 || number > most) {
      throw new TareException(
          FailureKind.USAGE, key + "=" + value + ": expected a number from 1 to " + most);
    }
    return number;
  }

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
