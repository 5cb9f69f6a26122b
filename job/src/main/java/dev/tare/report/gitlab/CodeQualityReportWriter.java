package dev.tare.report.gitlab;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import dev.tare.report.text.Cut;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code gl-code-quality-report.json}: failed rules for the Code Quality widget of GitLab, which
 * compares those of a merge request with those of its target branch by their fingerprints. An entry
 * is a finding, once for its repository and platform, however many tags have it:
 *
 * <pre>{@code
 * [{"description":"TARE-TOOL-001 …: localhost:5000/team/app:1 (linux/amd64): …",
 *   "check_name":"TARE-TOOL-001","fingerprint":"fe91…","severity":"critical",
 *   "location":{"path":"localhost:5000/team/app","lines":{"begin":1}}}]
 * }</pre>
 *
 * <p>What is waived, and what could not be answered, is not in it: everything that is counts as a
 * degradation.
 *
 * @see <a href="https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format">the
 *     format</a>
 */
public final class CodeQualityReportWriter implements ReportWriter {
  private static final int MESSAGE_LENGTH = 1_000;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @Override
  public String format() {
    return "codequality";
  }

  /** As GitLab's own templates call it. */
  @Override
  public String fileName() {
    return "gl-code-quality-report.json";
  }

  @Override
  public boolean listsFindings() {
    return true;
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    Map<String, String> titles = new HashMap<>();
    for (RuleDoc rule : input.results().rules()) {
      titles.put(rule.id(), rule.title());
    }
    return new Report(MAPPER.createGenerator(files.create(fileName())), titles);
  }

  private static final class Report implements OpenReport {
    private final JsonGenerator json;
    private final Map<String, String> titles;
    private final Set<String> written = new HashSet<>();

    Report(JsonGenerator json, Map<String, String> titles) {
      this.json = json;
      this.titles = titles;
      json.writeStartArray();
    }

    @Override
    public void image(JudgedImage image) {
      for (Outcome outcome : image.outcomes()) {
        if (outcome.kind() == OutcomeKind.FAIL && written.add(outcome.fingerprint())) {
          entry(image, outcome);
        }
      }
    }

    private void entry(JudgedImage image, Outcome outcome) {
      json.writeStartObject();
      json.writeStringProperty(
          "description",
          Cut.to(
              "%s %s: %s (%s): %s"
                  .formatted(
                      outcome.rule(),
                      titles.getOrDefault(outcome.rule(), ""),
                      image.reference(),
                      image.platform(),
                      outcome.message()),
              MESSAGE_LENGTH));
      json.writeStringProperty("check_name", outcome.rule());
      json.writeStringProperty("fingerprint", outcome.fingerprint());
      json.writeStringProperty("severity", severity(outcome.severity()));
      json.writeObjectPropertyStart("location");
      json.writeStringProperty("path", image.registry() + "/" + image.repository());
      json.writeObjectPropertyStart("lines");
      // An image has no lines; GitLab asks for one.
      json.writeNumberProperty("begin", 1);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
      json.writeRaw('\n');
    }

    /** GitLab's words, worst first. */
    private static String severity(Severity severity) {
      return switch (severity) {
        case CRITICAL -> "blocker";
        case HIGH -> "critical";
        case MEDIUM -> "major";
        case LOW -> "minor";
        case NOTE -> "info";
      };
    }

    @Override
    public void finish(Plan plan) {
      json.writeEndArray();
      json.writeRaw('\n');
      json.close();
    }

    @Override
    public void close() {
      json.close();
    }
  }
}
