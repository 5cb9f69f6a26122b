package dev.tare.finding;

import java.util.Comparator;

/**
 * Where an image runs: a container of a workload.
 *
 * @param cluster the context that was asked, empty for the cluster that Tare itself runs in
 * @param kind of the topmost owner that is known: {@code Deployment}, {@code CronJob}, {@code
 *     DaemonSet}, or {@code Pod} where nothing owns the pod
 * @param name of that owner
 * @param container by its name in the pod; init and ephemeral containers too
 */
public record Workload(String cluster, String namespace, String kind, String name, String container)
    implements Comparable<Workload> {
  private static final Comparator<Workload> ORDER =
      Comparator.comparing(Workload::cluster)
          .thenComparing(Workload::namespace)
          .thenComparing(Workload::kind)
          .thenComparing(Workload::name)
          .thenComparing(Workload::container);

  @Override
  public int compareTo(Workload other) {
    return ORDER.compare(this, other);
  }
}
