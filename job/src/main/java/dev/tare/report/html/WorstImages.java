package dev.tare.report.html;

import dev.tare.finding.ImageSummary;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The positions, in the order of the run, of the images that matter most where not all fit: by
 * severity of what fails, then unknown before compliant. Keeps no more images in mind than fit.
 */
final class WorstImages {
  /** Every image. */
  static final WorstImages ALL = new WorstImages(null);

  private final @Nullable BitSet positions;

  private WorstImages(@Nullable BitSet positions) {
    this.positions = positions;
  }

  /** The worst so many images of a run. */
  static WorstImages of(RunResults results, int limit) {
    PriorityQueue<Candidate> worst =
        new PriorityQueue<>(
            Comparator.comparingDouble(Candidate::badness)
                .thenComparing(Candidate::position, Comparator.reverseOrder()));
    int[] position = {0};
    results.forEachSummary(image -> {
      worst.add(new Candidate(position[0]++, badness(image)));
      if (worst.size() > limit) {
        worst.remove();
      }
    });
    BitSet positions = new BitSet();
    worst.forEach(candidate -> positions.set(candidate.position()));
    return new WorstImages(positions);
  }

  boolean has(int position) {
    return positions == null || positions.get(position);
  }

  /** One finding of a severity outweighs a thousand of the next lower one. */
  private static double badness(ImageSummary image) {
    double badness =
        switch (image.verdict()) {
          case COMPLIANT -> 0;
          case FAILING, UNKNOWN -> 0.5;
        };
    for (Map.Entry<Severity, Integer> found : image.findings().entrySet()) {
      badness += weight(found.getKey()) * found.getValue();
    }
    return badness;
  }

  private static double weight(Severity severity) {
    return switch (severity) {
      case NOTE -> 0;
      case LOW -> 1;
      case MEDIUM -> 1e3;
      case HIGH -> 1e6;
      case CRITICAL -> 1e9;
    };
  }

  private record Candidate(int position, double badness) {}
}
