package dev.tare.kubernetes;

import dev.tare.finding.NotInspected;
import java.util.List;

/**
 * What runs in a cluster.
 *
 * @param containers each once, however many pods of its workload run it
 * @param notInspected images that cannot be named in a registry, with the reason
 */
public record ClusterListing(List<RunningContainer> containers, List<NotInspected> notInspected) {
  /** Copies the lists. */
  public ClusterListing {
    containers = List.copyOf(containers);
    notInspected = List.copyOf(notInspected);
  }
}
