package dev.tare.report.json;

import dev.tare.finding.Comparison;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.RunResults;
import dev.tare.finding.Waiver;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import dev.tare.report.text.ElementPerLine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code report.json}: everything, for programs, valid against {@code
 * tare/schemas/report.schema.json}. Holds one image at a time in memory.
 */
public final class JsonReportWriter implements ReportWriter {
  /** Changes when a program that reads this version would be misled. */
  static final String SCHEMA_VERSION = "2";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @Override
  public String format() {
    return "json";
  }

  @Override
  public String fileName() {
    return "report.json";
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    RunResults results = input.results();
    JsonGenerator json =
        MAPPER.writer().with(new ElementPerLine()).createGenerator(files.create(fileName()));
    json.writeStartObject();
    json.writeStringProperty("schemaVersion", SCHEMA_VERSION);
    ReportJson.tool(json, results.run());
    ReportJson.run(json, results.run());
    ReportJson.terms(json, results.terms());
    ReportJson.summary(json, results.summary());
    ReportJson.own(json, results.own(), Integer.MAX_VALUE);
    ReportJson.since(json, input.since());
    json.writeArrayPropertyStart("images");
    return new OpenReport() {
      @Override
      public void image(JudgedImage image) {
        JsonReportWriter.image(json, image, input.since());
      }

      @Override
      public void finish(Plan plan) {
        json.writeEndArray();
        PlanJson.actions(json, plan.actions());
        ReportJson.bases(json, input.bases());
        ReportJson.notInspected(json, results.notInspected());
        ReportJson.gone(json, results.gone(), Integer.MAX_VALUE);
        ReportJson.rules(json, results.rules());
        ReportJson.waivers(json, results.waivers(), Integer.MAX_VALUE);
        ReportJson.tickets(json, input.tickets(), Integer.MAX_VALUE);
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

  private static void image(JsonGenerator json, JudgedImage image, @Nullable Comparison since) {
    json.writeStartObject();
    json.writeStringProperty("reference", image.reference());
    json.writeStringProperty("registry", image.registry());
    json.writeStringProperty("repository", image.repository());
    ReportJson.strings(json, "tags", image.tags());
    json.writeStringProperty("digest", image.digest());
    json.writeStringProperty("platform", image.platform());
    json.writeStringProperty("verdict", image.verdict().word());
    json.writeNumberProperty("score", image.score());
    ReportJson.usedBy(json, image.usedBy());
    json.writeName("facts");
    json.writeTree(image.facts());
    json.writeArrayPropertyStart("outcomes");
    for (Outcome outcome : image.outcomes()) {
      outcome(json, outcome, since);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Without what says nothing. Most outcomes of a run are passes: an empty message, empty evidence,
   * no waiver and a fingerprint that nobody tracks were two thirds of their bytes.
   */
  private static void outcome(JsonGenerator json, Outcome outcome, @Nullable Comparison since) {
    json.writeStartObject();
    json.writeStringProperty("rule", outcome.rule());
    json.writeStringProperty("outcome", outcome.kind().word());
    json.writeStringProperty("severity", outcome.severity().word());
    if (!outcome.message().isEmpty()) {
      json.writeStringProperty("message", outcome.message());
    }
    if (!outcome.evidence().isEmpty()) {
      json.writeName("evidence");
      json.writeTree(outcome.evidence());
    }
    switch (outcome.kind()) {
      case FAIL, WAIVED, UNKNOWN -> json.writeStringProperty("fingerprint", outcome.fingerprint());
      case PASS, NOT_APPLICABLE -> {}
    }
    Waiver waiver = outcome.waiver();
    if (waiver != null) {
      ReportJson.waiver(json, waiver);
    }
    if (since != null) {
      since.of(outcome).ifPresent(change -> json.writeStringProperty("change", change.word()));
    }
    json.writeEndObject();
  }
}
