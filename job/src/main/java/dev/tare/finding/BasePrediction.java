package dev.tare.finding;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image would be on another base, in numbers.
 *
 * @param base digest of what it is built on
 * @param other digest of the other base
 * @param fails rules that would fail, waivers aside; empty where nothing is predicted
 * @param unknown rules that could not be judged then, with the severity they would fail with
 * @param bytesLess compressed, negative where it would be larger; null where that is not known
 * @param vulnerabilities null where they are not known of both
 * @param against what speaks against it, or why nothing could be found out, a sentence each
 */
public record BasePrediction(
    String base,
    String other,
    Kind kind,
    Map<String, Severity> fails,
    Map<String, Severity> unknown,
    @Nullable Long bytesLess,
    @Nullable Vulnerabilities vulnerabilities,
    List<String> against) {
  /** How much is predicted. */
  public enum Kind {
    /** All that is measured of images. */
    WHOLE,
    /** All but the versions of packages that its own layers install, and what hangs on them. */
    IN_PART,
    /** Nothing: it has to be built to be known. */
    REBUILD_NEEDED,
    /** Nothing: it could not be found out. */
    FAILED
  }

  /**
   * How known vulnerabilities would change.
   *
   * @param ended how many only the image as it is has, by severity
   * @param added how many only the predicted one has, by severity
   * @param whole whether all packages of both were matched
   */
  public record Vulnerabilities(
      Map<String, Integer> ended, Map<String, Integer> added, boolean whole) {
    /** Copies the numbers. */
    public Vulnerabilities {
      ended = Map.copyOf(ended);
      added = Map.copyOf(added);
    }
  }

  /** Copies the collections. */
  public BasePrediction {
    fails = Map.copyOf(fails);
    unknown = Map.copyOf(unknown);
    against = List.copyOf(against);
  }

  /** One of which nothing is predicted. */
  public static BasePrediction nothing(String base, String other, Kind kind, List<String> against) {
    return new BasePrediction(base, other, kind, Map.of(), Map.of(), null, null, against);
  }
}
