package dev.tare.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is kept of a container of a pod: the same for all replicas, so that a deployment of a
 * thousand pods is one.
 *
 * @param image as the pod names it
 * @param imageId as the node reports it, empty where it has not pulled it yet
 * @param ownerUid of the pod's controller, empty where it is the pod itself
 */
record PodContainer(
    String namespace,
    String ownerKind,
    String ownerName,
    String ownerUid,
    String container,
    String image,
    String imageId) {

  /** Their pods have ended: nothing of them runs. */
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /** The containers of a pod: init, ordinary and ephemeral ones; none of a pod that has ended. */
  static List<PodContainer> of(Pod pod) {
    PodSpec spec = pod.getSpec();
    PodStatus status = pod.getStatus();
    if (spec == null || (status != null && ENDED.contains(String.valueOf(status.getPhase())))) {
      return List.of();
    }
    Owner owner = owner(pod);
    Map<String, String> ids = imageIds(status);
    List<PodContainer> containers = new ArrayList<>();
    spec.getInitContainers()
        .forEach(one -> containers.add(container(pod, owner, one.getName(), one.getImage(), ids)));
    spec.getContainers()
        .forEach(one -> containers.add(container(pod, owner, one.getName(), one.getImage(), ids)));
    spec.getEphemeralContainers()
        .forEach(one -> containers.add(container(pod, owner, one.getName(), one.getImage(), ids)));
    return containers;
  }

  private record Owner(String kind, String name, String uid) {}

  /** A static pod is owned by its node, which says less than its own name. */
  private static Owner owner(Pod pod) {
    for (OwnerReference one : pod.getMetadata().getOwnerReferences()) {
      if (Boolean.TRUE.equals(one.getController()) && !one.getKind().equals("Node")) {
        return new Owner(one.getKind(), one.getName(), one.getUid());
      }
    }
    return new Owner("Pod", pod.getMetadata().getName(), "");
  }

  private static Map<String, String> imageIds(PodStatus status) {
    Map<String, String> ids = new HashMap<>();
    if (status == null) {
      return ids;
    }
    for (List<ContainerStatus> statuses :
        List.of(
            status.getInitContainerStatuses(),
            status.getContainerStatuses(),
            status.getEphemeralContainerStatuses())) {
      for (ContainerStatus one : statuses) {
        if (one.getImageID() != null) {
          ids.put(one.getName(), one.getImageID());
        }
      }
    }
    return ids;
  }

  private static PodContainer container(
      Pod pod, Owner owner, String name, String image, Map<String, String> ids) {
    return new PodContainer(
        pod.getMetadata().getNamespace(),
        owner.kind(),
        owner.name(),
        owner.uid(),
        name,
        image == null ? "" : image,
        ids.getOrDefault(name, ""));
  }
}
