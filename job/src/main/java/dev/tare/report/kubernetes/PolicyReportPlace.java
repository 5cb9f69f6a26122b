package dev.tare.report.kubernetes;

import dev.tare.finding.Workload;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where policy reports stand.
 *
 * @param namespace of {@code PolicyReport}s; null where whoever applies them says so, or where they
 *     are {@code ClusterPolicyReport}s
 * @param cluster the context of the cluster, empty for the current one; null where workloads of all
 *     clusters are named
 */
public record PolicyReportPlace(
    boolean clusterScoped, @Nullable String namespace, @Nullable String cluster) {
  /** All in one namespace, which whoever applies them names. */
  public static final PolicyReportPlace ONE = new PolicyReportPlace(false, null, null);

  /** Beside the workloads of this cluster that run an image; of no namespace where none does. */
  public static Function<List<Workload>, List<PolicyReportPlace>> beside(String cluster) {
    return workloads -> {
      List<PolicyReportPlace> namespaces =
          workloads.stream()
              .filter(one -> one.cluster().equals(cluster))
              .map(Workload::namespace)
              .distinct()
              .map(namespace -> new PolicyReportPlace(false, namespace, cluster))
              .toList();
      return namespaces.isEmpty()
          ? List.of(new PolicyReportPlace(true, null, cluster))
          : namespaces;
    };
  }

  String kind() {
    return clusterScoped ? "ClusterPolicyReport" : "PolicyReport";
  }

  /** The workloads that a report here may name. */
  List<Workload> visible(List<Workload> workloads) {
    return workloads.stream()
        .filter(one -> cluster == null || one.cluster().equals(cluster))
        .filter(one -> namespace == null || Objects.equals(one.namespace(), namespace))
        .toList();
  }
}
