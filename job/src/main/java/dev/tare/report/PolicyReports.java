package dev.tare.report;

import dev.tare.finding.Workload;
import dev.tare.report.kubernetes.PolicyReportDocuments;
import dev.tare.report.kubernetes.PolicyReportPlace;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** A run's policy reports for a cluster. */
public final class PolicyReports {
  private final ReportInput input;
  private final Function<List<Workload>, List<PolicyReportPlace>> places;

  private PolicyReports(
      ReportInput input, Function<List<Workload>, List<PolicyReportPlace>> places) {
    this.input = input;
    this.places = places;
  }

  /** All of them for one namespace, which they do not name; as {@code policyreport.yaml} is. */
  public static PolicyReports inOneNamespace(ReportInput input) {
    return new PolicyReports(input, workloads -> List.of(PolicyReportPlace.ONE));
  }

  /**
   * Reports on an image in the namespaces of the workloads that run it, where the run knows of
   * some; all others of no namespace.
   *
   * @param cluster the context that the workloads were listed of, empty for the current one
   */
  public static PolicyReports besideWorkloads(ReportInput input, String cluster) {
    return new PolicyReports(input, PolicyReportPlace.beside(cluster));
  }

  /**
   * Hands over each {@code PolicyReport} or {@code ClusterPolicyReport}, in JSON, under 1.5 MiB.
   */
  public void forEach(Consumer<String> consumer) {
    PolicyReportDocuments documents =
        new PolicyReportDocuments(
            input,
            PolicyReportDocuments.LARGEST_BYTES,
            places,
            document -> consumer.accept(JsonMapper.shared().writeValueAsString(document)));
    input.results().forEachImage(documents::image);
    documents.finish();
  }
}
