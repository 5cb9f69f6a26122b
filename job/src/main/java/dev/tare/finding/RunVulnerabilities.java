package dev.tare.finding;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Known vulnerabilities of the images of a run in numbers. An image of which nothing is known is in
 * none of them.
 *
 * @param images of which something is known
 * @param partly of those, images with packages that no feed is about
 * @param unknown images of which nothing is known
 * @param different vulnerabilities, each once however many images have it
 * @param counts by severity, each once for each image that has it; every severity has a number
 * @param fixable of those, what newer versions of all its packages in the image fix
 * @param excluded what VEX statements say that images do not have, each once for each image: in
 *     none of the other numbers; null where a version counted that did not know them
 * @param imported of the images of which something is known, those whose numbers another scanner
 *     found, since no feed is about them; null where a version counted that did not know them
 * @param reasons why something is not known, of most images first, at most {@value #REASONS}
 */
public record RunVulnerabilities(
    int images,
    int partly,
    int unknown,
    int different,
    Map<String, Integer> counts,
    Map<String, Integer> fixable,
    @Nullable Integer excluded,
    @Nullable Integer imported,
    List<Reason> reasons) {
  /** How many reasons are told. */
  public static final int REASONS = 20;

  /** Copies the collections. */
  public RunVulnerabilities {
    counts = Map.copyOf(counts);
    fixable = Map.copyOf(fixable);
    reasons = List.copyOf(reasons);
  }

  /**
   * Why something is not known of so many images.
   *
   * @param text {@code apk: no feed for alpine 3.18.9}
   */
  public record Reason(String text, int images) {}
}
