package dev.tare.cli.option;

import dev.tare.finding.NotInspected;
import dev.tare.finding.RunResults;
import dev.tare.kubernetes.ClusterTarget;
import dev.tare.kubernetes.PolicyReportSet;
import dev.tare.oci.Digest;
import dev.tare.report.PolicyReports;
import dev.tare.report.ReportInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run's policy reports in a cluster.
 *
 * @param destination a namespace for all of them; or a cluster, where those on images that run go
 *     beside what runs them
 * @param owner whose reports they take the place of; null for the owner of these targets
 */
record AppliedReports(ClusterTarget destination, @Nullable String owner) {
  private static final int HASH_LENGTH = 16;

  PolicyReportSet.Change apply(ReportInput input) {
    RunResults results = input.results();
    String whose = owner == null ? ownerOf(results.run().targets()) : owner;
    try (PolicyReportSet reports = PolicyReportSet.open(destination, whose)) {
      String context = destination.context() == null ? "" : destination.context();
      PolicyReports documents =
          destination.namespace() == null
              ? PolicyReports.besideWorkloads(input, context)
              : PolicyReports.inOneNamespace(input);
      documents.forEach(reports::apply);
      List<NotInspected> unknown = results.notInspected();
      return reports.finish(
          repository -> unknown.stream().anyMatch(one -> isAbout(one.reference(), repository)));
    }
  }

  private static String ownerOf(List<String> targets) {
    String all = String.join("\n", targets.stream().sorted().toList());
    return Digest.sha256(all.getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring("sha256:".length(), "sha256:".length() + HASH_LENGTH);
  }

  /** Whether it is the repository, an image of it, or the registry that it is in. */
  static boolean isAbout(String reference, String repository) {
    return reference.equals(repository)
        || reference.startsWith(repository + ":")
        || reference.startsWith(repository + "@")
        || repository.startsWith(reference + "/");
  }
}
