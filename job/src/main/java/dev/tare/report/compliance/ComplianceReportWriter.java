package dev.tare.report.compliance;

import dev.tare.finding.Framework;
import dev.tare.finding.JudgedImage;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * {@code compliance.html}, to be read, printed and signed, and the same as {@code compliance.md}:
 * what an auditor needs as evidence of a run ({@link ComplianceDocument}).
 */
public final class ComplianceReportWriter implements ReportWriter {
  private static final String HTML = "compliance.html";
  private static final String MARKDOWN = "compliance.md";

  /** What is good, what is not and what is open can be told apart at a glance. */
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry(ControlState.SATISFIED.word(), "good"),
          Map.entry(ControlState.NOT_SATISFIED.word(), "bad"),
          Map.entry(ControlState.UNKNOWN.word(), "open"),
          Map.entry(ControlState.ACCEPTED.word(), "open"),
          Map.entry(ControlState.NOT_VIOLATED.word(), "open"),
          Map.entry("manual", "open"),
          Map.entry("not covered", "open"),
          Map.entry("compliant", "good"),
          Map.entry("failing", "bad"),
          Map.entry("fail", "bad"),
          Map.entry(ComplianceDocument.NEW_FAILURE, "bad"),
          Map.entry(ControlTable.FOUND, "blank"),
          Map.entry(ControlTable.BY, "blank"));

  private final Supplier<List<Framework>> frameworks;

  /** Asks for the frameworks when it writes. */
  public ComplianceReportWriter(Supplier<List<Framework>> frameworks) {
    this.frameworks = frameworks;
  }

  @Override
  public String format() {
    return "compliance";
  }

  @Override
  public String fileName() {
    return HTML;
  }

  @Override
  public Pattern ownFiles() {
    return Pattern.compile("compliance\\.(html|md)");
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    Writer html = files.createText(HTML);
    Writer markdown = files.createText(MARKDOWN);
    ComplianceTally tally = new ComplianceTally();
    Evidence evidence = new Evidence();
    return new OpenReport() {
      @Override
      public void image(JudgedImage image) {
        tally.add(image);
        evidence.add(image, input.since());
      }

      @Override
      public void finish(Plan plan) throws IOException {
        html.write(resource("begin.html"));
        new ComplianceDocument(input, frameworks.get(), tally, evidence)
            .write(section -> {
              html.write(section.html(ComplianceReportWriter::cellClass));
              markdown.write(section.text());
              markdown.write('\n');
            });
        html.write(resource("end.html"));
        close();
      }

      @Override
      public void close() throws IOException {
        html.close();
        markdown.close();
      }
    };
  }

  private static Optional<String> cellClass(String text) {
    return text.startsWith("sha256:")
        ? Optional.of("digest")
        : Optional.ofNullable(CLASSES.get(text));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        ComplianceReportWriter.class.getResourceAsStream("/tare/compliance/" + name)) {
      if (in == null) {
        throw new IOException("tare/compliance/" + name + " is missing in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
