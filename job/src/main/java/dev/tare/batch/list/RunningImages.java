package dev.tare.batch.list;

import dev.tare.kubernetes.ClusterInventory;
import dev.tare.kubernetes.ClusterListing;
import dev.tare.kubernetes.ClusterTarget;
import dev.tare.registry.Target;
import dev.tare.store.EnumerationStore;
import dev.tare.store.UsageStore;
import java.util.ArrayList;
import java.util.List;

/**
 * What clusters run, listed once at the beginning of a run and remembered with it: a run that is
 * resumed goes on with the images that it began with.
 */
public final class RunningImages {
  private final ClusterInventory clusters;
  private final UsageStore usage;
  private final EnumerationStore enumeration;
  private final String runId;

  public RunningImages(
      ClusterInventory clusters, UsageStore usage, EnumerationStore enumeration, String runId) {
    this.clusters = clusters;
    this.usage = usage;
    this.enumeration = enumeration;
    this.runId = runId;
  }

  public void list(List<ClusterTarget> targets) {
    for (ClusterTarget target : targets) {
      ClusterListing listing = clusters.list(target);
      listing.containers().forEach(one -> usage.add(runId, one.image(), one.workload()));
      listing.notInspected().forEach(one -> enumeration.addNotInspected(runId, one));
    }
  }

  /** The targets, and each image that runs. */
  public List<Target> addTo(List<Target> targets) {
    List<Target> all = new ArrayList<>(targets);
    usage.images(runId).forEach(image -> all.add(new Target.Image(image)));
    return all;
  }
}
