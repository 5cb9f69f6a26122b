package dev.tare.report.kubernetes;

import dev.tare.finding.FindingChange;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import dev.tare.finding.Waiver;
import dev.tare.finding.Workload;
import dev.tare.report.text.Cut;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A {@code result} of a policy report. */
final class PolicyReportRow {
  /** What stands in {@code policy} of what could not be looked into. */
  static final String NOT_INSPECTED = "not-inspected";

  private static final int MESSAGE_LENGTH = 1_000;
  private static final int MAX_WORKLOADS = 20;
  private static final int WORKLOAD_NAME_LENGTH = 253;

  /** Versions of the kinds that Kubernetes itself has; those of others are not known here. */
  private static final Map<String, String> API_VERSIONS =
      Map.of(
          "Pod", "v1",
          "ReplicationController", "v1",
          "DaemonSet", "apps/v1",
          "Deployment", "apps/v1",
          "ReplicaSet", "apps/v1",
          "StatefulSet", "apps/v1",
          "CronJob", "batch/v1",
          "Job", "batch/v1");

  private PolicyReportRow() {}

  /** Whether an outcome is listed; the others are only counted. */
  static boolean isListed(Outcome outcome) {
    return switch (outcome.kind()) {
      case FAIL, UNKNOWN, WAIVED -> true;
      case PASS, NOT_APPLICABLE -> false;
    };
  }

  /**
   * A failed note warns; a waived finding is skipped; what could not be answered is an error, and
   * skipped where it is a note.
   */
  static String result(Outcome outcome) {
    return switch (outcome.kind()) {
      case PASS -> "pass";
      case FAIL -> outcome.severity() == Severity.NOTE ? "warn" : "fail";
      case UNKNOWN -> outcome.severity() == Severity.NOTE ? "skip" : "error";
      case WAIVED, NOT_APPLICABLE -> "skip";
    };
  }

  /**
   * What a rule says of an image.
   *
   * @param workloads that run it, of those that the report may name
   * @param change since an earlier run, null where there is none
   */
  static ObjectNode of(
      JudgedImage image,
      Outcome outcome,
      @Nullable RuleDoc rule,
      List<Workload> workloads,
      @Nullable FindingChange change,
      long atSeconds) {
    ObjectNode row = row(outcome.rule(), result(outcome), atSeconds);
    if (rule != null) {
      row.put("rule", rule.title());
      row.put("category", rule.theme());
    }
    row.put("severity", severity(outcome.severity()));
    row.put("scored", outcome.kind() == OutcomeKind.FAIL && outcome.severity() != Severity.NOTE);
    row.put("message", Cut.to(image.reference() + ": " + outcome.message(), MESSAGE_LENGTH));
    ObjectNode properties = row.putObject("properties");
    properties.put("image", image.reference());
    properties.put("digest", image.digest());
    properties.put("platform", image.platform());
    properties.put("fingerprint", outcome.fingerprint());
    if (change != null) {
      properties.put("change", change.word());
    }
    Waiver waiver = outcome.waiver();
    if (waiver != null) {
      properties.put("waivedUntil", waiver.expires().toString());
      properties.put("waivedBy", waiver.owner());
      properties.put("waivedBecause", Cut.to(waiver.reason(), MESSAGE_LENGTH));
    }
    List<ObjectNode> resources =
        workloads.stream().map(PolicyReportRow::resource).distinct().toList();
    if (!resources.isEmpty()) {
      ArrayNode named = row.putArray("resources");
      resources.stream().limit(MAX_WORKLOADS).forEach(named::add);
    }
    if (resources.size() > MAX_WORKLOADS) {
      properties.put("moreWorkloads", Integer.toString(resources.size() - MAX_WORKLOADS));
    }
    return row;
  }

  /** What could not be looked into, and why: no rule has passed it. */
  static ObjectNode of(NotInspected problem, long atSeconds) {
    ObjectNode row = row(NOT_INSPECTED, "error", atSeconds);
    row.put("scored", false);
    row.put("message", Cut.to(problem.reference() + ": " + problem.reason(), MESSAGE_LENGTH));
    ObjectNode properties = row.putObject("properties");
    properties.put("image", problem.reference());
    if (problem.digest() != null) {
      properties.put("digest", problem.digest());
    }
    properties.put("stage", problem.stage().word());
    return row;
  }

  private static ObjectNode row(String policy, String result, long atSeconds) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("source", "tare");
    row.put("policy", policy);
    row.put("result", result);
    row.putObject("timestamp").put("seconds", atSeconds).put("nanos", 0);
    return row;
  }

  private static ObjectNode resource(Workload workload) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    String version = API_VERSIONS.get(workload.kind());
    if (version != null) {
      resource.put("apiVersion", version);
    }
    return resource
        .put("kind", workload.kind())
        .put("namespace", workload.namespace())
        .put("name", Cut.to(workload.name(), WORKLOAD_NAME_LENGTH));
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH, MEDIUM, LOW -> severity.word();
      case NOTE -> "info";
    };
  }
}
