package dev.tare.kubernetes;

import dev.tare.finding.NotInspected;
import dev.tare.finding.Workload;
import dev.tare.oci.Reference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the Kubernetes API. Nothing of its client is loaded before the first question. */
public final class KubernetesInventory implements ClusterInventory {
  private final Function<@Nullable String, KubernetesClient> clients;
  private final ClusterLimits limits;

  KubernetesInventory(Function<@Nullable String, KubernetesClient> clients, ClusterLimits limits) {
    this.clients = clients;
    this.limits = limits;
  }

  /** With the contexts and credentials of the kubeconfig, or of the pod that Tare runs in. */
  public static ClusterInventory standard() {
    return target ->
        new KubernetesInventory(ClusterConnection.standard()::open, ClusterLimits.DEFAULTS)
            .list(target);
  }

  @Override
  public ClusterListing list(ClusterTarget target) {
    try (KubernetesClient client = clients.apply(target.context())) {
      return listing(new ClusterReader(client, target, limits), target);
    }
  }

  private static ClusterListing listing(ClusterReader reader, ClusterTarget target) {
    Set<PodContainer> containers = new LinkedHashSet<>();
    reader.pods(pod -> containers.addAll(PodContainer.of(pod)));
    Owners owners = Owners.of(containers, reader);
    String cluster = target.context() == null ? "" : target.context();
    Set<RunningContainer> running = new LinkedHashSet<>();
    Map<String, NotInspected> problems = new LinkedHashMap<>();
    for (PodContainer container : containers) {
      Workload workload = owners.workload(cluster, container);
      switch (RunningImage.of(container)) {
        case RunningImage.Named(Reference reference) ->
            running.add(new RunningContainer(reference, workload));
        case RunningImage.Unnamed(String reason) ->
            problems.putIfAbsent(
                container.image(),
                new NotInspected(
                    container.image(),
                    null,
                    NotInspected.Stage.MANIFEST,
                    "image of container "
                        + workload.container()
                        + " of "
                        + workload.kind()
                        + " "
                        + workload.namespace()
                        + "/"
                        + workload.name()
                        + ": "
                        + reason));
      }
    }
    List<RunningContainer> all = new ArrayList<>(running);
    return new ClusterListing(all, new ArrayList<>(problems.values()));
  }
}
