package dev.tare.report.compliance;

import dev.tare.finding.Control;
import dev.tare.finding.Framework;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunVulnerabilities;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.VulnerabilityText;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import dev.tare.report.json.ReportJson;
import dev.tare.report.text.NameUuid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code oscal.json}: the run as OSCAL assessment results. An image is an inventory item, a rule
 * that found something an observation with those images as its subjects, a control that rules judge
 * a finding. A control whose rules could not be answered is not satisfied for the reason {@code
 * other}: it never reads as satisfied. Controls that no rule judges, of which no rule had anything
 * to say, and which only a person can call satisfied have no finding.
 *
 * <p>Written with a JSON library: NIST's own for Java needs 55 jars, an old logging bridge among
 * them. A test holds it to NIST's schema.
 *
 * @see <a href="https://pages.nist.gov/OSCAL/learn/concepts/layer/assessment/assessment-results/">
 *     OSCAL: assessment results</a>
 */
public final class OscalReportWriter implements ReportWriter {
  private static final String VERSION = "1.1.2";
  private static final String NAMESPACE = "https://tare.dev/ns/oscal";
  private static final List<OutcomeKind> OBSERVED =
      List.of(OutcomeKind.FAIL, OutcomeKind.WAIVED, OutcomeKind.UNKNOWN);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Supplier<List<Framework>> frameworks;

  /** Asks for the frameworks when it writes. */
  public OscalReportWriter(Supplier<List<Framework>> frameworks) {
    this.frameworks = frameworks;
  }

  @Override
  public String format() {
    return "oscal";
  }

  @Override
  public String fileName() {
    return "oscal.json";
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    RunResults results = input.results();
    JsonGenerator json =
        MAPPER.writerWithDefaultPrettyPrinter().createGenerator(files.create(fileName()));
    ComplianceTally tally = new ComplianceTally();
    return new OpenReport() {
      @Override
      public void image(JudgedImage image) {
        tally.add(image);
      }

      @Override
      public void finish(Plan plan) {
        json.writeStartObject();
        json.writeObjectPropertyStart("assessment-results");
        new Document(json, results, tally, frameworks.get()).write();
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
      }

      @Override
      public void close() {
        json.close();
      }
    };
  }

  private static final class Document {
    private final JsonGenerator json;
    private final RunResults results;
    private final RunInfo run;
    private final ComplianceTally tally;
    private final List<Framework> frameworks;

    Document(
        JsonGenerator json, RunResults results, ComplianceTally tally, List<Framework> frameworks) {
      this.json = json;
      this.results = results;
      this.run = results.run();
      this.tally = tally;
      this.frameworks = frameworks;
    }

    void write() {
      uuid("assessment-results");
      json.writeObjectPropertyStart("metadata");
      text("title", "Container images of " + String.join(", ", run.targets()));
      text("last-modified", run.finishedAt().toString());
      text("version", run.id());
      text("oscal-version", VERSION);
      json.writeEndObject();
      json.writeObjectPropertyStart("import-ap");
      text("href", "#" + id("plan"));
      json.writeEndObject();
      json.writeArrayPropertyStart("results");
      json.writeStartObject();
      uuid("result");
      text("title", "Run " + run.id());
      text(
          "description",
          results.summary().images()
              + " images judged by "
              + results.rules().size()
              + " rules of Tare "
              + run.toolVersion()
              + "; "
              + results.summary().notInspected()
              + " could not be inspected."
              + vulnerabilities());
      text("start", run.startedAt().toString());
      text("end", run.finishedAt().toString());
      inventory();
      reviewed();
      observations();
      findings();
      json.writeEndObject();
      json.writeEndArray();
      plan();
    }

    private String vulnerabilities() {
      RunVulnerabilities known = results.summary().vulnerabilities();
      return known == null
          ? ""
          : VulnerabilityText.lines(known).stream()
              .map(line -> " " + line + ".")
              .collect(Collectors.joining());
    }

    private void inventory() {
      if (tally.subjects().isEmpty()) {
        return;
      }
      json.writeObjectPropertyStart("local-definitions");
      json.writeArrayPropertyStart("inventory-items");
      for (ComplianceTally.Subject subject : tally.subjects()) {
        json.writeStartObject();
        json.writeStringProperty("uuid", item(subject).toString());
        text("description", subject.reference());
        json.writeArrayPropertyStart("props");
        property("digest", subject.digest());
        property("platform", subject.platform());
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }

    private void reviewed() {
      json.writeObjectPropertyStart("reviewed-controls");
      json.writeArrayPropertyStart("control-selections");
      for (Framework framework : frameworks) {
        List<Control> judged = judged(framework);
        if (!judged.isEmpty()) {
          json.writeStartObject();
          text("description", framework.title() + " " + framework.version());
          json.writeArrayPropertyStart("include-controls");
          for (Control control : judged) {
            json.writeStartObject();
            text("control-id", control(framework, control));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }

    private List<String> rules(Framework framework, Control control) {
      return framework.rulesOf(control, results.rules()).stream().map(RuleDoc::id).toList();
    }

    private List<Control> judged(Framework framework) {
      return framework.controls().stream()
          .filter(control -> framework.coverage(control, results.rules()) == Control.Coverage.RULES)
          .toList();
    }

    private List<Control> assessed(Framework framework) {
      return judged(framework).stream()
          .filter(control -> tally.state(control, rules(framework, control)).isAssessed())
          .toList();
    }

    private void observations() {
      if (results.rules().stream().noneMatch(rule -> observed(rule.id()))) {
        return;
      }
      json.writeArrayPropertyStart("observations");
      for (RuleDoc rule : results.rules()) {
        for (OutcomeKind kind : OBSERVED) {
          List<ComplianceTally.Subject> subjects = tally.subjects(List.of(rule.id()), kind);
          if (!subjects.isEmpty()) {
            observation(rule, kind, subjects);
          }
        }
      }
      json.writeEndArray();
    }

    private boolean observed(String rule) {
      return OBSERVED.stream().anyMatch(kind -> tally.count(rule, kind) > 0);
    }

    private void observation(
        RuleDoc rule, OutcomeKind kind, List<ComplianceTally.Subject> subjects) {
      json.writeStartObject();
      uuid("observation", rule.id(), kind.word());
      text("title", rule.id() + " " + rule.title() + ": " + kind.word());
      text("description", rule.description().isEmpty() ? rule.title() : rule.description());
      json.writeArrayPropertyStart("props");
      property("rule", rule.id());
      property("outcome", kind.word());
      property("severity", rule.severity().word());
      json.writeEndArray();
      ReportJson.strings(json, "methods", List.of("TEST"));
      ReportJson.strings(json, "types", List.of("finding"));
      json.writeArrayPropertyStart("subjects");
      for (ComplianceTally.Subject subject : subjects) {
        json.writeStartObject();
        json.writeStringProperty("subject-uuid", item(subject).toString());
        text("type", "inventory-item");
        json.writeEndObject();
      }
      json.writeEndArray();
      text("collected", run.startedAt().toString());
      json.writeEndObject();
    }

    private void findings() {
      if (frameworks.stream().allMatch(framework -> assessed(framework).isEmpty())) {
        return;
      }
      json.writeArrayPropertyStart("findings");
      for (Framework framework : frameworks) {
        for (Control control : assessed(framework)) {
          finding(framework, control);
        }
      }
      json.writeEndArray();
    }

    private void finding(Framework framework, Control control) {
      List<String> rules = rules(framework, control);
      ControlState state = tally.state(control, rules);
      json.writeStartObject();
      uuid("finding", framework.id(), control.id());
      text("title", framework.id() + " " + control.id() + " " + control.title());
      text(
          "description",
          state.word()
              + ": "
              + tally.subjects(rules, OutcomeKind.FAIL).size()
              + " images fail, "
              + tally.subjects(rules, OutcomeKind.WAIVED).size()
              + " are waived, "
              + tally.subjects(rules, OutcomeKind.UNKNOWN).size()
              + " are unknown. Judged by "
              + String.join(", ", rules)
              + ".");
      json.writeObjectPropertyStart("target");
      text("type", "statement-id");
      text("target-id", control(framework, control));
      json.writeObjectPropertyStart("status");
      switch (state) {
        case SATISFIED -> status("satisfied", "pass");
        case NOT_SATISFIED -> status("not-satisfied", "fail");
        case UNKNOWN, ACCEPTED, NOT_VIOLATED, NOT_APPLICABLE -> status("not-satisfied", "other");
      }
      text("remarks", state.word());
      json.writeEndObject();
      json.writeEndObject();
      List<UUID> observations = new ArrayList<>();
      for (String rule : rules) {
        for (OutcomeKind kind : OBSERVED) {
          if (tally.count(rule, kind) > 0) {
            observations.add(id("observation", rule, kind.word()));
          }
        }
      }
      if (!observations.isEmpty()) {
        json.writeArrayPropertyStart("related-observations");
        for (UUID observation : observations) {
          json.writeStartObject();
          text("observation-uuid", observation.toString());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }

    private void status(String state, String reason) {
      text("state", state);
      text("reason", reason);
    }

    /** OSCAL wants a plan; ours is the policies that judged. */
    private void plan() {
      json.writeObjectPropertyStart("back-matter");
      json.writeArrayPropertyStart("resources");
      json.writeStartObject();
      uuid("plan");
      text("title", "Policies of the run");
      List<String> policies = new ArrayList<>();
      run.policies()
          .forEach(policy ->
              policies.add(policy.name() + " " + policy.revision() + " (" + policy.digest() + ")"));
      text(
          "description",
          policies.isEmpty() ? "None." : "Rego policies: " + String.join(", ", policies) + ".");
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }

    private static String control(Framework framework, Control control) {
      return (framework.id() + "_" + control.id()).replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private UUID item(ComplianceTally.Subject subject) {
      return id("image", subject.reference(), subject.digest(), subject.platform());
    }

    private UUID id(String... name) {
      List<String> all = new ArrayList<>(List.of(run.id()));
      all.addAll(List.of(name));
      return NameUuid.of(all.toArray(String[]::new));
    }

    private void uuid(String... name) {
      json.writeStringProperty("uuid", id(name).toString());
    }

    private void property(String name, String value) {
      json.writeStartObject();
      json.writeStringProperty("name", name);
      json.writeStringProperty("ns", NAMESPACE);
      text("value", value);
      json.writeEndObject();
    }

    /** Its strings neither begin nor end with white space, and are not empty. */
    private void text(String name, String value) {
      String stripped = value.strip();
      json.writeStringProperty(name, stripped.isEmpty() ? "-" : stripped);
    }
  }
}
