package dev.tare.report;

import dev.tare.finding.RunResults;
import dev.tare.finding.Workload;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** A run's policy reports for a cluster. */
public final class PolicyReports {
  private final RunResults results;
  private final Function<List<Workload>, List<PolicyReportPlace>> places;

  private PolicyReports(
      RunResults results, Function<List<Workload>, List<PolicyReportPlace>> places) {
    this.results = results;
    this.places = places;
  }

  /** All of them for one namespace, which they do not name; as {@code policyreport.yaml} is. */
  public static PolicyReports inOneNamespace(RunResults results) {
    return new PolicyReports(results, workloads -> List.of(PolicyReportPlace.ONE));
  }

  /**
   * Reports on an image in the namespaces of the workloads that run it, where the run knows of
   * some; all others of no namespace.
   *
   * @param cluster the context that the workloads were listed of, empty for the current one
   */
  public static PolicyReports besideWorkloads(RunResults results, String cluster) {
    return new PolicyReports(results, PolicyReportPlace.beside(cluster));
  }

  /**
   * Hands over each {@code PolicyReport} or {@code ClusterPolicyReport}, in JSON, under 1.5 MiB.
   */
  public void forEach(Consumer<String> consumer) {
    PolicyReportDocuments documents =
        new PolicyReportDocuments(
            results,
            null,
            PolicyReportDocuments.LARGEST_BYTES,
            places,
            document -> consumer.accept(JsonMapper.shared().writeValueAsString(document)));
    results.forEachImage(documents::image);
    documents.finish();
  }
}
