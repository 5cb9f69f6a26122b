package dev.tare.report.sarif;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.ALWAYS;

import com.contrastsecurity.sarif.Invocation;
import com.contrastsecurity.sarif.Message;
import com.contrastsecurity.sarif.Notification;
import com.contrastsecurity.sarif.ReportingDescriptorReference;
import com.contrastsecurity.sarif.Result;
import com.contrastsecurity.sarif.RunAutomationDetails;
import com.contrastsecurity.sarif.Tool;
import com.contrastsecurity.sarif.ToolComponent;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tare.finding.NotInspected;
import dev.tare.finding.RunInfo;
import java.io.Closeable;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** One SARIF file with one run, written result by result. */
final class SarifPart implements Closeable {
  /** The schema's place, as the specification states it. */
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private static final int NOTIFICATIONS = 1_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_EMPTY))
          // Left out, the rule's own level would count, which settings may have changed.
          .withConfigOverride(
              Result.Level.class,
              level -> level.setInclude(JsonInclude.Value.construct(ALWAYS, ALWAYS)))
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final JsonGenerator json;
  private final RunInfo run;
  private int results;
  private long bytes;

  SarifPart(OutputStream out, RunInfo run, SarifRules rules, int number) {
    this.json = MAPPER.createGenerator(out);
    this.run = run;
    json.writeStartObject();
    json.writeStringProperty("$schema", SCHEMA);
    json.writeStringProperty("version", "2.1.0");
    json.writeArrayPropertyStart("runs");
    json.writeStartObject();
    Tool tool =
        new Tool()
            .withDriver(
                new ToolComponent()
                    .withName("Tare")
                    .withVersion(run.toolVersion())
                    .withRules(new LinkedHashSet<>(rules.descriptors())));
    String described = MAPPER.writeValueAsString(tool);
    json.writeName("tool");
    json.writeRawValue(described);
    // GitHub takes what is before the last slash for the category of the upload.
    json.writePOJOProperty(
        "automationDetails",
        new RunAutomationDetails()
            .withId((number == 1 ? "tare" : "tare-" + number) + "/" + run.id()));
    json.writeStringProperty("columnKind", "utf16CodeUnits");
    json.writeArrayPropertyStart("results");
    bytes = described.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A result as it stands in the file. */
  static String text(Result result) {
    return MAPPER.writeValueAsString(result);
  }

  boolean fits(String result, SarifLimits limits) {
    return results < limits.results() && bytes + size(result) <= limits.bytes();
  }

  void add(String result) {
    json.writeRawValue(result);
    json.writeRaw('\n');
    results++;
    bytes += size(result);
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length + 2;
  }

  /** Writes what comes after the results. */
  void finish(Map<String, Integer> unknown, List<NotInspected> notInspected) {
    json.writeEndArray();
    json.writePOJOProperty("invocations", List.of(invocation(unknown, notInspected)));
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
  }

  private Invocation invocation(Map<String, Integer> unknown, List<NotInspected> notInspected) {
    Set<Notification> notifications = new LinkedHashSet<>();
    unknown.forEach((rule, images) ->
        notifications.add(
            new Notification()
                .withLevel(Notification.Level.WARNING)
                .withAssociatedRule(new ReportingDescriptorReference().withId(rule))
                .withMessage(
                    new Message()
                        .withText(
                            rule
                                + " could not be answered on "
                                + images
                                + (images == 1 ? " image." : " images.")))));
    for (NotInspected one : notInspected.subList(0, Math.min(NOTIFICATIONS, notInspected.size()))) {
      notifications.add(
          new Notification()
              .withLevel(Notification.Level.ERROR)
              .withMessage(
                  new Message()
                      .withText(
                          SarifText.plain(
                              one.reference()
                                  + " was not inspected ("
                                  + one.stage().word()
                                  + "): "
                                  + one.reason()))));
    }
    if (notInspected.size() > NOTIFICATIONS) {
      notifications.add(
          new Notification()
              .withLevel(Notification.Level.ERROR)
              .withMessage(
                  new Message()
                      .withText(
                          (notInspected.size() - NOTIFICATIONS)
                              + " more were not inspected; report.json lists them.")));
    }
    return new Invocation()
        .withExecutionSuccessful(true)
        .withStartTimeUtc(Date.from(run.startedAt().truncatedTo(ChronoUnit.MILLIS)))
        .withEndTimeUtc(Date.from(run.finishedAt().truncatedTo(ChronoUnit.MILLIS)))
        .withToolExecutionNotifications(List.copyOf(notifications));
  }

  @Override
  public void close() {
    json.close();
  }
}
