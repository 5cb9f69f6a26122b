package dev.tare.report.compliance;

import dev.tare.finding.Comparison;
import dev.tare.finding.Control;
import dev.tare.finding.FindingChange;
import dev.tare.finding.Framework;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.RunVulnerabilities;
import dev.tare.finding.Waiver;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.VulnerabilityText;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import dev.tare.report.text.Markdown;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code compliance.md}: per control of each framework what the rules say of it, on which images,
 * and which controls no rule looks after. An image that could not be inspected is evidence that is
 * missing, and stands at the top.
 */
public final class ComplianceReportWriter implements ReportWriter {
  private static final int LISTED = 20;

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
    return "compliance.md";
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    RunResults results = input.results();
    Writer out = files.createText(fileName());
    ComplianceTally tally = new ComplianceTally();
    return new OpenReport() {
      @Override
      public void image(JudgedImage image) {
        tally.add(image);
      }

      @Override
      public void finish(Plan plan) throws IOException {
        Markdown page = new Markdown();
        head(page, results);
        changes(page, input.since());
        for (Framework framework : frameworks.get()) {
          framework(page, framework, results.rules(), tally);
        }
        out.write(page.text());
        out.close();
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  private static void head(Markdown page, RunResults results) {
    RunSummary summary = results.summary();
    page.heading(1, "Compliance of " + String.join(", ", results.run().targets()));
    page.paragraph(
        "Run "
            + results.run().id()
            + ", finished "
            + results.run().finishedAt()
            + ", by Tare "
            + results.run().toolVersion()
            + ". "
            + summary.images()
            + " images: "
            + summary.compliant()
            + " compliant, "
            + summary.failing()
            + " failing, "
            + summary.unknown()
            + " unknown.");
    RunVulnerabilities vulnerabilities = summary.vulnerabilities();
    if (vulnerabilities != null) {
      VulnerabilityText.lines(vulnerabilities).forEach(line -> page.paragraph(line + "."));
    }
    List<NotInspected> missing = results.notInspected();
    if (!missing.isEmpty()) {
      page.paragraph(
          missing.size() + " could not be inspected. What follows says nothing about them:");
      List<String> lines = new ArrayList<>();
      for (NotInspected one : missing.subList(0, Math.min(LISTED, missing.size()))) {
        lines.add(one.reference() + " (" + one.stage().word() + "): " + one.reason());
      }
      page.list(lines, missing.size());
    }
    page.paragraph(
        "A control is satisfied where every rule that judges it passes on every image to which it"
            + " applies; one failure, of any severity, is enough to violate it. Risk accepted:"
            + " it fails only under waivers. Unknown: a fact that a rule needs could not be"
            + " measured; it never counts as satisfied. No violation found: the control is about"
            + " more than images show; a rule can violate it, and if none does, a person has to"
            + " check. Not applicable: no rule applied.");
  }

  private static void changes(Markdown page, @Nullable Comparison since) {
    if (since == null) {
      return;
    }
    List<String> counts = new ArrayList<>();
    for (FindingChange change : FindingChange.values()) {
      counts.add(since.count(change) + " " + change.word());
    }
    page.paragraph(
        "Findings since the run "
            + since.earlier().id()
            + ", each once for its repository and platform: "
            + String.join(", ", counts)
            + ".");
  }

  private static void framework(
      Markdown page, Framework framework, List<RuleDoc> loaded, ComplianceTally tally) {
    page.heading(2, framework.title());
    String origin = origin(framework);
    if (!origin.isEmpty()) {
      page.paragraph(origin);
    }
    Map<ControlState, Integer> states = new EnumMap<>(ControlState.class);
    int manual = 0;
    int notCovered = 0;
    List<List<String>> rows = new ArrayList<>();
    for (Control control : framework.controls()) {
      List<String> rules = rules(framework, control, loaded);
      String word =
          switch (framework.coverage(control, loaded)) {
            case RULES -> {
              ControlState state = tally.state(control, rules);
              states.merge(state, 1, Integer::sum);
              yield state.word();
            }
            case MANUAL -> {
              manual++;
              yield "manual";
            }
            case NOT_COVERED -> {
              notCovered++;
              yield "not covered";
            }
          };
      rows.add(
          List.of(
              control.id(),
              control.title(),
              word,
              rules.isEmpty() ? "" : "" + tally.subjects(rules, OutcomeKind.FAIL).size(),
              rules.isEmpty() ? "" : "" + tally.subjects(rules, OutcomeKind.WAIVED).size(),
              rules.isEmpty() ? "" : "" + tally.subjects(rules, OutcomeKind.UNKNOWN).size(),
              String.join(", ", rules)));
    }
    List<String> counts = new ArrayList<>();
    states.forEach((state, count) -> counts.add(count + " " + state.word()));
    counts.add(manual + " manual");
    counts.add(notCovered + " not covered");
    page.paragraph(framework.controls().size() + " controls: " + String.join(", ", counts) + ".");
    page.table(
        List.of("Control", "Title", "State", "Images failing", "Waived", "Unknown", "Rules"), rows);
    for (Control control : framework.controls()) {
      evidence(page, framework, control, loaded, tally);
    }
  }

  /** Its version and where it is from; a framework of a user need not say either. */
  private static String origin(Framework framework) {
    List<String> known = new ArrayList<>();
    if (!framework.version().isEmpty()) {
      known.add("Version " + framework.version());
    }
    if (!framework.source().isEmpty()) {
      known.add(framework.source());
    }
    return known.isEmpty() ? "" : String.join(", ", known) + ".";
  }

  private static List<String> rules(Framework framework, Control control, List<RuleDoc> loaded) {
    return framework.rulesOf(control, loaded).stream().map(RuleDoc::id).toList();
  }

  /** What stands behind a state that is not simply good. */
  private static void evidence(
      Markdown page,
      Framework framework,
      Control control,
      List<RuleDoc> loaded,
      ComplianceTally tally) {
    String manual = control.manual();
    if (framework.coverage(control, loaded) == Control.Coverage.MANUAL && manual != null) {
      page.heading(3, control.id() + " " + control.title());
      page.paragraph("For a person to look at: " + manual);
      return;
    }
    List<String> rules = rules(framework, control, loaded);
    ControlState state = tally.state(control, rules);
    if (rules.isEmpty()
        || state == ControlState.SATISFIED
        || state == ControlState.NOT_APPLICABLE) {
      return;
    }
    page.heading(3, control.id() + " " + control.title() + ": " + state.word());
    if (manual != null && state == ControlState.NOT_VIOLATED) {
      page.paragraph("For a person to look at: " + manual);
    }
    for (RuleDoc rule : framework.rulesOf(control, loaded)) {
      rule(page, rule, tally);
    }
  }

  private static void rule(Markdown page, RuleDoc rule, ComplianceTally tally) {
    int failed = tally.count(rule.id(), OutcomeKind.FAIL);
    int waived = tally.count(rule.id(), OutcomeKind.WAIVED);
    int unknown = tally.count(rule.id(), OutcomeKind.UNKNOWN);
    if (failed + waived + unknown == 0) {
      return;
    }
    page.paragraph(
        rule.id()
            + " "
            + rule.title()
            + " ("
            + rule.severity().word()
            + "): "
            + failed
            + " failed, "
            + waived
            + " waived, "
            + unknown
            + " unknown, "
            + tally.count(rule.id(), OutcomeKind.PASS)
            + " passed.");
    for (OutcomeKind kind : List.of(OutcomeKind.FAIL, OutcomeKind.WAIVED, OutcomeKind.UNKNOWN)) {
      List<ComplianceTally.Subject> subjects = tally.subjects(List.of(rule.id()), kind);
      if (!subjects.isEmpty()) {
        page.list(
            subjects.stream()
                .limit(LISTED)
                .map(one -> kind.word() + ": " + one.reference() + " " + one.platform())
                .toList(),
            subjects.size());
      }
    }
    for (Waiver waiver : tally.waivers(rule.id())) {
      String ticket = waiver.ticket();
      page.paragraph(
          "Waived until "
              + waiver.expires()
              + " by "
              + waiver.owner()
              + ": "
              + waiver.reason()
              + (ticket == null ? "" : " (" + ticket + ")"));
    }
  }
}
