package dev.tare.kubernetes;

import dev.tare.finding.Workload;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The owners of owners: a replica set's deployment, a job's cron job. */
final class Owners {
  /** Who controls the object with a UID. */
  private final Map<String, OwnerReference> controllers;

  private Owners(Map<String, OwnerReference> controllers) {
    this.controllers = controllers;
  }

  /** Asks for replica sets and jobs where there are pods of some. */
  static Owners of(Collection<PodContainer> containers, ClusterReader reader) {
    Map<String, OwnerReference> controllers = new HashMap<>();
    if (containers.stream().anyMatch(one -> one.ownerKind().equals("ReplicaSet"))) {
      reader.replicaSetControllers(controllers::put);
    }
    if (containers.stream().anyMatch(one -> one.ownerKind().equals("Job"))) {
      reader.jobControllers(controllers::put);
    }
    return new Owners(controllers);
  }

  Workload workload(String cluster, PodContainer container) {
    OwnerReference above = controllers.get(container.ownerUid());
    return new Workload(
        cluster,
        container.namespace(),
        above == null ? container.ownerKind() : above.getKind(),
        above == null ? container.ownerName() : above.getName(),
        container.container());
  }
}
