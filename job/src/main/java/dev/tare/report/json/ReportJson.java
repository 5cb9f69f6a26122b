package dev.tare.report.json;

import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.Comparison;
import dev.tare.finding.EarlierFinding;
import dev.tare.finding.FindingChange;
import dev.tare.finding.NotInspected;
import dev.tare.finding.OwnReading;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.ReportedTicket;
import dev.tare.finding.ReportedTickets;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunSummary;
import dev.tare.finding.RunTerms;
import dev.tare.finding.RunVulnerabilities;
import dev.tare.finding.Severity;
import dev.tare.finding.Waiver;
import dev.tare.finding.WaiverUse;
import dev.tare.finding.Workload;
import dev.tare.report.text.Severities;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The parts that {@code report.json} and the page have in common, so that both state the same
 * numbers under the same names.
 */
public final class ReportJson {
  private ReportJson() {}

  public static void tool(JsonGenerator json, RunInfo run) {
    json.writeObjectPropertyStart("tool");
    json.writeStringProperty("name", "tare");
    json.writeStringProperty("version", run.toolVersion());
    json.writeEndObject();
  }

  public static void run(JsonGenerator json, RunInfo run) {
    json.writeObjectPropertyStart("run");
    json.writeStringProperty("id", run.id());
    json.writeStringProperty("kind", run.kind().word());
    if (run.factsOf() != null) {
      json.writeStringProperty("factsOf", run.factsOf());
    }
    json.writeStringProperty("startedAt", run.startedAt().toString());
    json.writeStringProperty("finishedAt", run.finishedAt().toString());
    strings(json, "targets", run.targets());
    json.writeArrayPropertyStart("policies");
    for (PolicyRevision policy : run.policies()) {
      json.writeStartObject();
      json.writeStringProperty("name", policy.name());
      json.writeStringProperty("revision", policy.revision());
      json.writeStringProperty("digest", policy.digest());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** On which terms the run was made; nothing where that was not kept. */
  static void terms(JsonGenerator json, @Nullable RunTerms terms) {
    if (terms != null) {
      json.writePOJOProperty("terms", terms);
    }
  }

  public static void summary(JsonGenerator json, RunSummary summary) {
    json.writeObjectPropertyStart("summary");
    json.writeNumberProperty("repositories", summary.repositories());
    json.writeNumberProperty("images", summary.images());
    json.writeNumberProperty("compliant", summary.compliant());
    json.writeNumberProperty("failing", summary.failing());
    json.writeNumberProperty("unknown", summary.unknown());
    json.writeNumberProperty("notInspected", summary.notInspected());
    json.writeNumberProperty("attached", summary.attached());
    json.writeNumberProperty("layersUnique", summary.layersUnique());
    json.writeNumberProperty("layersFetched", summary.layersFetched());
    json.writeNumberProperty("bytesFetched", summary.bytesFetched());
    json.writeObjectPropertyStart("findings");
    for (Severity severity : Severities.WORST_FIRST) {
      json.writeNumberProperty(severity.word(), summary.findings().getOrDefault(severity, 0));
    }
    json.writeEndObject();
    Integer score = summary.score();
    if (score != null) {
      json.writeNumberProperty("score", score);
    }
    RunVulnerabilities known = summary.vulnerabilities();
    if (known != null) {
      vulnerabilities(json, known);
    }
    json.writeEndObject();
  }

  private static void vulnerabilities(JsonGenerator json, RunVulnerabilities all) {
    json.writeObjectPropertyStart("vulnerabilities");
    json.writeNumberProperty("images", all.images());
    json.writeNumberProperty("partly", all.partly());
    json.writeNumberProperty("unknown", all.unknown());
    json.writeNumberProperty("different", all.different());
    bySeverity(json, "counts", all.counts());
    bySeverity(json, "fixable", all.fixable());
    Integer excluded = all.excluded();
    if (excluded != null) {
      json.writeNumberProperty("excluded", excluded);
    }
    Integer imported = all.imported();
    if (imported != null) {
      json.writeNumberProperty("imported", imported);
    }
    json.writeArrayPropertyStart("reasons");
    all.reasons().forEach(json::writePOJO);
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Numbers of vulnerabilities, the worst first. */
  private static void bySeverity(JsonGenerator json, String name, Map<String, Integer> numbers) {
    json.writeObjectPropertyStart(name);
    for (String severity : Vulnerabilities.SEVERITIES) {
      json.writeNumberProperty(severity, numbers.getOrDefault(severity, 0));
    }
    json.writeEndObject();
  }

  /** What changed, where the run is compared with another. */
  static void since(JsonGenerator json, @Nullable Comparison since) {
    if (since == null) {
      return;
    }
    json.writeObjectPropertyStart("since");
    json.writeStringProperty("run", since.earlier().id());
    json.writeStringProperty("startedAt", since.earlier().startedAt().toString());
    for (FindingChange change : FindingChange.values()) {
      json.writeNumberProperty(change.word(), since.count(change));
    }
    json.writeArrayPropertyStart("ended");
    for (FindingChange change : FindingChange.values()) {
      for (EarlierFinding finding : since.ended(change)) {
        json.writeStartObject();
        json.writeStringProperty("change", change.word());
        json.writeStringProperty("rule", finding.rule());
        json.writeStringProperty("severity", finding.severity().word());
        json.writeStringProperty("reference", finding.reference());
        json.writeStringProperty("platform", finding.platform());
        json.writeStringProperty("fingerprint", finding.fingerprint());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * What is told beside the images' own part; nothing where they are told whole.
   *
   * @param most images that are listed of each base
   */
  public static void own(JsonGenerator json, @Nullable OwnReading own, int most) {
    if (own == null) {
      return;
    }
    json.writeObjectPropertyStart("own");
    json.writeArrayPropertyStart("inherited");
    for (OwnReading.Inherited base : own.inherited()) {
      json.writeStartObject();
      json.writeStringProperty("base", base.base());
      json.writeBooleanProperty("judged", base.judged());
      PlanJson.counts(json, "findings", base.findings());
      json.writeNumberProperty("imageCount", base.images().size());
      strings(json, "images", base.images().stream().limit(most).toList());
      json.writeEndObject();
    }
    json.writeEndArray();
    PlanJson.counts(json, "unknown", own.unknown());
    json.writeNumberProperty("unknownImages", own.unknownImages());
    json.writeEndObject();
  }

  /** What the images stand on, beside smaller images. */
  public static void bases(JsonGenerator json, List<ReportedBase> bases) {
    json.writeArrayPropertyStart("bases");
    bases.forEach(json::writePOJO);
    json.writeEndArray();
  }

  public static void notInspected(JsonGenerator json, List<NotInspected> all) {
    json.writeArrayPropertyStart("notInspected");
    for (NotInspected one : all) {
      json.writeStartObject();
      json.writeStringProperty("reference", one.reference());
      json.writeStringProperty("digest", one.digest());
      json.writeStringProperty("stage", one.stage().word());
      json.writeStringProperty("reason", one.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * What counts as gone since the run.
   *
   * @param most that are listed
   */
  public static void gone(JsonGenerator json, List<String> gone, int most) {
    strings(json, "gone", gone.stream().limit(most).toList());
  }

  public static void rules(JsonGenerator json, List<RuleDoc> rules) {
    json.writeArrayPropertyStart("rules");
    for (RuleDoc rule : rules) {
      json.writeStartObject();
      json.writeStringProperty("id", rule.id());
      json.writeStringProperty("title", rule.title());
      json.writeStringProperty("description", rule.description());
      json.writeStringProperty("severity", rule.severity().word());
      json.writeStringProperty("theme", rule.theme());
      json.writeStringProperty("action", rule.action().word());
      json.writeStringProperty("rationale", rule.rationale());
      json.writeStringProperty("remediation", rule.remediation());
      strings(json, "relatedResources", rule.relatedResources());
      json.writeObjectPropertyStart("controls");
      // Sorted: the same run gives the same bytes.
      for (Map.Entry<String, List<String>> control : new TreeMap<>(rule.controls()).entrySet()) {
        strings(json, control.getKey(), control.getValue());
      }
      json.writeEndObject();
      json.writeStringProperty("since", rule.since());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * The tickets beside the report, where any are kept.
   *
   * @param most that are listed
   */
  public static void tickets(JsonGenerator json, @Nullable ReportedTickets tickets, int most) {
    if (tickets == null) {
      return;
    }
    json.writeObjectPropertyStart("tickets");
    json.writeBooleanProperty("planned", tickets.planned());
    json.writeNumberProperty("count", tickets.tickets().size());
    json.writeArrayPropertyStart("items");
    for (ReportedTicket ticket : tickets.tickets().stream().limit(most).toList()) {
      json.writeStartObject();
      json.writeStringProperty("registry", ticket.registry());
      json.writeStringProperty("repository", ticket.repository());
      json.writeStringProperty("tags", ticket.tags());
      json.writeStringProperty("state", ticket.state().word());
      json.writeStringProperty("severity", ticket.severity().word());
      json.writeNumberProperty("rules", ticket.rules());
      strings(json, "images", ticket.images());
      time(json, "openedAt", ticket.openedAt());
      time(json, "updatedAt", ticket.updatedAt());
      time(json, "closedAt", ticket.closedAt());
      json.writeStringProperty("location", ticket.location());
      ReportedTicket.Change change = ticket.change();
      json.writeStringProperty("change", change == null ? null : change.word());
      json.writeStringProperty("note", ticket.note());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("unreadable");
    for (ReportedTickets.Unreadable one : tickets.unreadable().stream().limit(most).toList()) {
      json.writeStartObject();
      json.writeStringProperty("location", one.location());
      json.writeStringProperty("reason", one.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (tickets.failure() != null) {
      json.writeStringProperty("failure", tickets.failure());
    }
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, @Nullable Instant time) {
    json.writeStringProperty(name, time == null ? null : time.toString());
  }

  /**
   * What the run was given as waivers.
   *
   * @param most that are listed
   */
  public static void waivers(JsonGenerator json, List<WaiverUse> waivers, int most) {
    json.writeArrayPropertyStart("waivers");
    for (WaiverUse one : waivers.stream().limit(most).toList()) {
      json.writeStartObject();
      json.writeStringProperty("rule", one.rule());
      json.writeStringProperty("image", one.image());
      json.writeStringProperty("state", one.state().word());
      waiverParts(json, one.waiver());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  public static void waiver(JsonGenerator json, Waiver waiver) {
    json.writeObjectPropertyStart("waiver");
    waiverParts(json, waiver);
    json.writeEndObject();
  }

  private static void waiverParts(JsonGenerator json, Waiver waiver) {
    json.writeStringProperty("reason", waiver.reason());
    json.writeStringProperty("owner", waiver.owner());
    json.writeStringProperty("expires", waiver.expires().toString());
    json.writeStringProperty("ticket", waiver.ticket());
  }

  /**
   * Left out where it is not known that anything runs the image, which an empty list would deny.
   */
  public static void usedBy(JsonGenerator json, List<Workload> workloads) {
    if (workloads.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("usedBy");
    for (Workload workload : workloads) {
      json.writeStartObject();
      json.writeStringProperty("cluster", workload.cluster());
      json.writeStringProperty("namespace", workload.namespace());
      json.writeStringProperty("kind", workload.kind());
      json.writeStringProperty("name", workload.name());
      json.writeStringProperty("container", workload.container());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  public static void strings(JsonGenerator json, String name, List<String> values) {
    json.writeArrayPropertyStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
