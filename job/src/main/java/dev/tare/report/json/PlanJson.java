package dev.tare.report.json;

import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.BasePrediction;
import dev.tare.finding.Severity;
import dev.tare.plan.Action;
import dev.tare.plan.Correction;
import dev.tare.plan.PlannedImage;
import dev.tare.plan.Proposal;
import dev.tare.plan.Prospect;
import dev.tare.plan.Saving;
import dev.tare.report.text.Severities;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Actions as {@code report.json}, the page and {@code tare plan} have them. */
public final class PlanJson {
  private PlanJson() {}

  /** The array {@code actions}. */
  public static void actions(JsonGenerator json, List<Action> actions) {
    json.writeArrayPropertyStart("actions");
    actions.forEach(action -> action(json, action));
    json.writeEndArray();
  }

  private static void action(JsonGenerator json, Action action) {
    json.writeStartObject();
    json.writeStringProperty("kind", action.kind().word());
    json.writeStringProperty("title", action.title());
    json.writeStringProperty("subject", action.subject());
    json.writeBooleanProperty("base", action.base());
    json.writeArrayPropertyStart("images");
    for (PlannedImage image : action.images()) {
      json.writeStartObject();
      json.writeStringProperty("reference", image.reference());
      json.writeStringProperty("digest", image.digest());
      json.writeStringProperty("platform", image.platform());
      json.writeEndObject();
    }
    json.writeEndArray();
    counts(json, "ends", action.ends());
    ReportJson.strings(json, "rules", action.rules());
    ReportJson.strings(json, "aims", action.aims());
    saving(json, action);
    ReportJson.strings(json, "steps", action.steps());
    json.writeArrayPropertyStart("corrections");
    for (Correction correction : action.corrections()) {
      json.writeStartObject();
      json.writeStringProperty("step", correction.step());
      json.writeStringProperty("write", correction.write());
      json.writeEndObject();
    }
    json.writeEndArray();
    proposal(json, action);
    json.writeEndObject();
  }

  /** How many findings there are of each severity. */
  public static void counts(JsonGenerator json, String name, Map<Severity, Integer> counts) {
    json.writeObjectPropertyStart(name);
    for (Severity severity : Severities.WORST_FIRST) {
      json.writeNumberProperty(severity.word(), counts.getOrDefault(severity, 0));
    }
    json.writeEndObject();
  }

  private static void saving(JsonGenerator json, Action action) {
    Saving saving = action.saves();
    if (saving == null) {
      json.writeNullProperty("saves");
      return;
    }
    json.writeObjectPropertyStart("saves");
    json.writeNumberProperty("registryBytes", saving.registryBytes());
    json.writeNumberProperty("pullBytes", saving.pullBytes());
    json.writeBooleanProperty("estimated", saving.estimated());
    json.writeEndObject();
  }

  private static void proposal(JsonGenerator json, Action action) {
    Proposal proposal = action.proposal();
    if (proposal == null) {
      json.writeNullProperty("proposal");
      return;
    }
    json.writeObjectPropertyStart("proposal");
    json.writeStringProperty("reference", proposal.reference());
    json.writeStringProperty("digest", proposal.digest());
    json.writeNumberProperty("sizeBytes", proposal.sizeBytes());
    json.writeNumberProperty("bytesLess", proposal.bytesLess());
    json.writeBooleanProperty("sameOs", proposal.sameOs());
    ReportJson.strings(json, "passes", proposal.passes());
    ReportJson.strings(json, "fails", proposal.fails());
    ReportJson.strings(json, "unknown", proposal.unknown());
    prospect(json, proposal.prospect());
    json.writeEndObject();
  }

  private static void prospect(JsonGenerator json, @Nullable Prospect prospect) {
    if (prospect == null) {
      json.writeNullProperty("prediction");
      return;
    }
    json.writeObjectPropertyStart("prediction");
    json.writeNumberProperty("images", prospect.images());
    json.writeNumberProperty("inPart", prospect.inPart());
    json.writeNumberProperty("rebuildNeeded", prospect.rebuild());
    json.writeNumberProperty("notPredicted", prospect.notPredicted());
    counts(json, "ends", prospect.ends());
    counts(json, "adds", prospect.adds());
    json.writeNumberProperty("unknown", prospect.unknown());
    json.writeNumberProperty("mayAdd", prospect.mayAdd());
    Long bytes = prospect.bytesLess();
    if (bytes == null) {
      json.writeNullProperty("bytesLess");
    } else {
      json.writeNumberProperty("bytesLess", bytes);
    }
    vulnerabilities(json, prospect.vulnerabilities());
    ReportJson.strings(json, "against", prospect.against());
    ReportJson.strings(json, "reasons", prospect.reasons());
    json.writeEndObject();
  }

  private static void vulnerabilities(
      JsonGenerator json, BasePrediction.@Nullable Vulnerabilities changed) {
    if (changed == null) {
      json.writeNullProperty("vulnerabilities");
      return;
    }
    json.writeObjectPropertyStart("vulnerabilities");
    words(json, "ended", changed.ended());
    words(json, "added", changed.added());
    json.writeBooleanProperty("whole", changed.whole());
    json.writeEndObject();
  }

  private static void words(JsonGenerator json, String name, Map<String, Integer> numbers) {
    json.writeObjectPropertyStart(name);
    for (String severity : Vulnerabilities.SEVERITIES) {
      json.writeNumberProperty(severity, numbers.getOrDefault(severity, 0));
    }
    json.writeEndObject();
  }
}
