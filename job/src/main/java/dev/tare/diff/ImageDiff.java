package dev.tare.diff;

import dev.tare.facts.Layer;
import dev.tare.inspect.FileDifferences;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two images. Lists hold differences only; what is the same is left out.
 *
 * @param sharedLayers layers that both have
 * @param layersBefore those that only the first has, root first
 * @param layersAfter those that only the second has, root first
 * @param vulnerabilities by identifier, the worst first; empty where nothing is known of one of
 *     them
 * @param notMeasured facts that are not whole on one of the sides: what differs there may be more
 *     than is listed, or less
 */
public record ImageDiff(
    ComparedImage before,
    ComparedImage after,
    List<Quantity> sizes,
    int sharedLayers,
    List<Layer> layersBefore,
    List<Layer> layersAfter,
    FileDifferences files,
    List<Value> packages,
    List<Value> tools,
    List<Value> vulnerabilities,
    List<Value> configuration,
    List<Finding> findings,
    List<String> notMeasured) {
  /** A number of both, which may be the same. */
  public record Quantity(String name, @Nullable Long before, @Nullable Long after, boolean bytes) {}

  /**
   * Something that only one has, or that they have otherwise.
   *
   * @param before null where the first does not have it
   * @param after null where the second does not have it
   */
  public record Value(String name, @Nullable String before, @Nullable String after) {}

  /**
   * A rule that does not come out the same.
   *
   * @param before {@code pass}, {@code fail high}; null where it was not judged
   * @param message of the second image, or of the first where only that one fails
   */
  public record Finding(
      String rule, @Nullable String before, @Nullable String after, String message) {}

  /** Copies the lists. */
  public ImageDiff {
    sizes = List.copyOf(sizes);
    layersBefore = List.copyOf(layersBefore);
    layersAfter = List.copyOf(layersAfter);
    packages = List.copyOf(packages);
    tools = List.copyOf(tools);
    vulnerabilities = List.copyOf(vulnerabilities);
    configuration = List.copyOf(configuration);
    findings = List.copyOf(findings);
    notMeasured = List.copyOf(notMeasured);
  }

  /** Whether vulnerabilities are known of both: where not, no difference is no equality. */
  public boolean vulnerabilitiesAreKnown() {
    return before.facts().vulnerabilities().isKnown() && after.facts().vulnerabilities().isKnown();
  }
}
