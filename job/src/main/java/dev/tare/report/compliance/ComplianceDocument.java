package dev.tare.report.compliance;

import dev.tare.finding.Comparison;
import dev.tare.finding.EarlierFinding;
import dev.tare.finding.FindingChange;
import dev.tare.finding.Framework;
import dev.tare.finding.NotInspected;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.RunTerms;
import dev.tare.finding.RunVulnerabilities;
import dev.tare.finding.Severity;
import dev.tare.finding.Waiver;
import dev.tare.finding.WaiverUse;
import dev.tare.report.ReportInput;
import dev.tare.report.VulnerabilityText;
import dev.tare.report.text.Markdown;
import dev.tare.report.text.Severities;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a run, whole: result, scope and terms, the state of each control, each image by
 * name, digest and message under each rule that did not simply pass, waivers, what changed, a place
 * to sign. Written section by section, so that a section is all that is in memory twice.
 */
final class ComplianceDocument {
  static final String NEW_FAILURE = "fail, new";

  private static final String RESULT = "Result";
  private static final String SCOPE = "Scope and terms";
  private static final String EVIDENCE = "Evidence";
  private static final String WAIVERS = "Waivers";
  private static final String CHANGES = "What changed";
  private static final String IMAGES = "Images";
  private static final String SIGNATURES = "Signatures";

  private final ReportInput input;
  private final RunResults results;
  private final RunInfo run;
  private final List<Framework> frameworks;
  private final ComplianceTally tally;
  private final Evidence evidence;

  ComplianceDocument(
      ReportInput input, List<Framework> frameworks, ComplianceTally tally, Evidence evidence) {
    this.input = input;
    this.results = input.results();
    this.run = results.run();
    this.frameworks = frameworks;
    this.tally = tally;
    this.evidence = evidence;
  }

  /** Takes one section after the other. */
  interface Sections {
    void add(Markdown section) throws IOException;
  }

  void write(Sections sections) throws IOException {
    sections.add(title());
    sections.add(result());
    sections.add(scope());
    for (Framework framework : frameworks) {
      sections.add(new ControlTable(framework, results.rules(), tally).section());
    }
    sections.add(evidenceHead());
    for (RuleDoc rule : results.rules()) {
      if (!evidence.of(rule.id()).isEmpty()) {
        sections.add(rule(rule));
      }
    }
    sections.add(waivers());
    sections.add(changes());
    sections.add(images());
    sections.add(signatures());
  }

  private Markdown title() {
    Markdown page = new Markdown();
    page.heading(1, "Compliance of " + String.join(", ", run.targets()));
    List<String> contents = new ArrayList<>(List.of(RESULT, SCOPE));
    frameworks.forEach(framework -> contents.add(framework.title()));
    contents.addAll(List.of(EVIDENCE, WAIVERS, CHANGES, IMAGES, SIGNATURES));
    page.contents(contents);
    return page;
  }

  private Markdown result() {
    RunSummary summary = results.summary();
    Markdown page = new Markdown();
    page.heading(2, RESULT);
    page.paragraph(
        summary.images()
            + " images: "
            + summary.compliant()
            + " compliant, "
            + summary.failing()
            + " failing, "
            + summary.unknown()
            + " unknown.");
    List<NotInspected> missing = results.notInspected();
    if (!missing.isEmpty()) {
      page.paragraph(
          missing.size()
              + " could not be inspected (named under "
              + SCOPE
              + "). Nothing here says anything about them.");
    }
    List<String> findings = new ArrayList<>();
    for (Severity severity : Severities.WORST_FIRST) {
      findings.add(summary.findings().getOrDefault(severity, 0) + " " + severity.word());
    }
    page.paragraph("Findings: " + String.join(", ", findings) + ".");
    RunVulnerabilities vulnerabilities = summary.vulnerabilities();
    if (vulnerabilities != null) {
      VulnerabilityText.lines(vulnerabilities).forEach(line -> page.paragraph(line + "."));
    }
    page.paragraph(
        "A control is satisfied where every rule that judges it passes on every image to which it"
            + " applies; one failure, of any severity, is enough to violate it. Risk accepted:"
            + " it fails only under waivers. Unknown: a fact that a rule needs could not be"
            + " measured; it never counts as satisfied. No violation found: the control is about"
            + " more than images show; a rule can violate it, and if none does, a person has to"
            + " check. Not applicable: no rule applied.");
    return page;
  }

  private Markdown scope() {
    Markdown page = new Markdown();
    page.heading(2, SCOPE);
    RunSummary summary = results.summary();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Run", run.id() + ", " + run.kind().word()));
    rows.add(List.of("Began", run.startedAt().toString()));
    rows.add(List.of("Finished", run.finishedAt().toString()));
    if (run.factsOf() != null) {
      rows.add(List.of("Facts", "those that the run " + run.factsOf() + " measured"));
    }
    rows.add(List.of("Targets", String.join(", ", run.targets())));
    RunTerms terms = results.terms();
    if (terms == null) {
      rows.add(List.of("Filters and settings", "not known: an earlier version made the run"));
    } else {
      terms(rows, terms);
    }
    for (PolicyRevision policy : run.policies()) {
      rows.add(List.of("Rules", policy.name() + " " + policy.revision() + ", " + policy.digest()));
    }
    rows.add(List.of("Rules that judged", Integer.toString(results.rules().size())));
    rows.add(List.of("Repositories", Integer.toString(summary.repositories())));
    rows.add(List.of("Images judged", Integer.toString(summary.images())));
    rows.add(List.of("Could not be inspected", Integer.toString(summary.notInspected())));
    rows.add(
        List.of(
            "Not images",
            summary.attached() + " (signatures, attestations and the like, not judged)"));
    page.table(List.of("", ""), rows);
    missing(page);
    List<String> gone = results.gone();
    if (!gone.isEmpty()) {
      page.heading(3, "Gone since this run");
      page.list(gone, gone.size());
    }
    return page;
  }

  private void terms(List<List<String>> rows, RunTerms terms) {
    rows.add(List.of("Tare", run.toolVersion() + ", program " + terms.program()));
    RunTerms.Scope scope = terms.scope();
    rows.add(List.of("Only", orElse(scope.include(), "everything")));
    rows.add(List.of("Left out", orElse(scope.exclude(), "nothing")));
    rows.add(
        List.of(
            "Tags of a repository",
            scope.newestTags() == 0 ? "all" : "the newest " + scope.newestTags()));
    rows.add(List.of("Platforms", orElse(scope.platforms(), "all that can be run")));
    rows.add(List.of("SBOMs in images taken for measured", orElse(scope.trustedSboms(), "none")));
    RunTerms.Judging judging = terms.judging();
    rows.add(List.of("Profile", word(judging.profile(), "as settings choose for each image")));
    rows.add(List.of("Waivers", word(judging.waivers(), "none")));
    rows.add(List.of("Baseline", word(judging.baseline(), "none")));
    rows.add(List.of("VEX of the operator", orElse(judging.vex(), "none")));
    rows.add(List.of("Results of other scanners", orElse(judging.scanResults(), "none")));
    rows.add(
        List.of(
            "Settings that differ from those of the rules",
            judging.settings().isEmpty() ? "none" : judging.settings().toString()));
  }

  private static String orElse(List<String> words, String none) {
    return words.isEmpty() ? none : String.join(", ", words);
  }

  private static String word(@Nullable String word, String none) {
    return word == null ? none : word;
  }

  private void missing(Markdown page) {
    List<NotInspected> missing = results.notInspected();
    if (missing.isEmpty()) {
      return;
    }
    page.heading(3, "Not inspected");
    List<List<String>> rows = new ArrayList<>();
    for (NotInspected one : missing) {
      String digest = one.digest();
      rows.add(
          List.of(one.reference(), digest == null ? "" : digest, one.stage().word(), one.reason()));
    }
    page.table(List.of("Name", "Digest", "Failed at", "Reason"), rows);
  }

  private Markdown evidenceHead() {
    Markdown page = new Markdown();
    page.heading(2, EVIDENCE);
    List<List<String>> passed = new ArrayList<>();
    for (RuleDoc rule : results.rules()) {
      if (evidence.of(rule.id()).isEmpty()) {
        passed.add(
            List.of(
                rule.id(),
                rule.title(),
                Integer.toString(tally.count(rule.id(), OutcomeKind.PASS)),
                Integer.toString(tally.count(rule.id(), OutcomeKind.NOT_APPLICABLE))));
      }
    }
    page.paragraph(
        passed.size()
            + " rules found nothing; each of the others follows with every image on which it"
            + " failed, was waived or could not be answered.");
    if (!passed.isEmpty()) {
      page.table(List.of("Rule", "", "Images that passed", "Not applicable"), passed);
    }
    return page;
  }

  private Markdown rule(RuleDoc rule) {
    Markdown page = new Markdown();
    page.heading(3, rule.id() + " " + rule.title());
    page.paragraph(
        "Severity "
            + rule.severity().word()
            + " unless settings say otherwise: "
            + tally.count(rule.id(), OutcomeKind.FAIL)
            + " failed, "
            + tally.count(rule.id(), OutcomeKind.WAIVED)
            + " waived, "
            + tally.count(rule.id(), OutcomeKind.UNKNOWN)
            + " unknown, "
            + tally.count(rule.id(), OutcomeKind.PASS)
            + " passed, "
            + tally.count(rule.id(), OutcomeKind.NOT_APPLICABLE)
            + " not applicable.");
    List<List<String>> rows = new ArrayList<>();
    for (OutcomeKind kind : List.of(OutcomeKind.FAIL, OutcomeKind.WAIVED, OutcomeKind.UNKNOWN)) {
      for (Evidence.Case one : evidence.of(rule.id())) {
        if (one.kind() == kind) {
          rows.add(
              List.of(
                  one.isNew() ? NEW_FAILURE : kind.word(),
                  one.subject().reference(),
                  one.subject().platform(),
                  one.subject().digest(),
                  message(one)));
        }
      }
    }
    page.table(List.of("Outcome", "Image", "Platform", "Digest", "Message"), rows);
    return page;
  }

  private static String message(Evidence.Case one) {
    Waiver waiver = one.waiver();
    return waiver == null
        ? one.message()
        : one.message() + " Waived by " + waiver.owner() + " until " + waiver.expires() + ".";
  }

  private Markdown waivers() {
    Markdown page = new Markdown();
    page.heading(2, WAIVERS);
    List<WaiverUse> waivers = results.waivers();
    RunTerms terms = results.terms();
    String baseline = terms == null ? null : terms.judging().baseline();
    if (baseline != null) {
      page.paragraph(
          "What the baseline "
              + baseline
              + " says is known is waived by it until the day it names.");
    }
    if (waivers.isEmpty()) {
      page.paragraph("The run was given none" + (baseline == null ? "." : " besides."));
      return page;
    }
    List<List<String>> rows = new ArrayList<>();
    for (WaiverUse one : waivers) {
      String ticket = one.waiver().ticket();
      rows.add(
          List.of(
              one.rule(),
              one.image(),
              one.state().word(),
              one.waiver().owner(),
              one.waiver().expires().toString(),
              one.waiver().reason(),
              ticket == null ? "" : ticket));
    }
    page.table(List.of("Rule", "Images", "State", "Owner", "Until", "Reason", "Ticket"), rows);
    return page;
  }

  private Markdown changes() {
    Markdown page = new Markdown();
    page.heading(2, CHANGES);
    Comparison since = input.since();
    if (since == null) {
      page.paragraph("There is no earlier run to compare with.");
      return page;
    }
    List<String> counts = new ArrayList<>();
    for (FindingChange change : FindingChange.values()) {
      counts.add(since.count(change) + " " + change.word());
    }
    page.paragraph(
        "Findings since the run "
            + since.earlier().id()
            + " of "
            + since.earlier().startedAt()
            + ", each once for its repository and platform: "
            + String.join(", ", counts)
            + ". New ones are marked under "
            + EVIDENCE
            + "; those that ended:");
    List<List<String>> rows = new ArrayList<>();
    for (FindingChange change : FindingChange.values()) {
      for (EarlierFinding one : since.ended(change)) {
        rows.add(
            List.of(
                change.word(), one.rule(), one.severity().word(), one.reference(), one.platform()));
      }
    }
    if (rows.isEmpty()) {
      page.paragraph("None ended.");
    } else {
      page.table(List.of("Became", "Rule", "Severity", "Image", "Platform"), rows);
    }
    return page;
  }

  private Markdown images() {
    Markdown page = new Markdown();
    page.heading(2, IMAGES);
    page.table(
        List.of("Image", "Platform", "Digest", "Verdict"),
        evidence.subjects().stream()
            .map(
                one -> List.of(one.reference(), one.platform(), one.digest(), one.verdict().word()))
            .toList());
    return page;
  }

  private static Markdown signatures() {
    Markdown page = new Markdown();
    page.heading(2, SIGNATURES);
    page.paragraph(
        "What stands above is what Tare measured. Whoever signs has looked at the controls that"
            + " are left to a person.");
    List<List<String>> rows = new ArrayList<>();
    for (String role : List.of("Prepared by", "Reviewed by", "Approved by")) {
      rows.add(List.of(role, "", "", ""));
    }
    page.table(List.of("", "Name", "Date", "Signature"), rows);
    return page;
  }
}
