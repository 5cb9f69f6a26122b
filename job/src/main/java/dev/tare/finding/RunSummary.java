package dev.tare.finding;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run in numbers.
 *
 * @param images image manifests judged, one a platform
 * @param unknown images with verdict unknown
 * @param attached signatures, attestations and other artifacts that were set apart
 * @param layersUnique different layer blobs of the judged images
 * @param layersFetched of those, fetched by this run
 * @param bytesFetched of layer blobs, by this run, compressed
 * @param findings failed outcomes by severity
 * @param vulnerabilities known ones; null for a run of a version that did not count them
 * @param score mean of the images; null without one, and for a run of a version that had none
 */
public record RunSummary(
    int repositories,
    int images,
    int compliant,
    int failing,
    int unknown,
    int notInspected,
    int attached,
    int layersUnique,
    int layersFetched,
    long bytesFetched,
    Map<Severity, Integer> findings,
    @Nullable RunVulnerabilities vulnerabilities,
    @Nullable Integer score) {
  /** Copies the counts. */
  public RunSummary {
    findings = Map.copyOf(findings);
  }

  /** Whether there was nothing to judge, which is neither a success nor a failure of an image. */
  public boolean isEmpty() {
    return images + notInspected == 0;
  }
}
