package dev.tare.report.sarif;

import com.contrastsecurity.sarif.ArtifactLocation;
import com.contrastsecurity.sarif.Location;
import com.contrastsecurity.sarif.LogicalLocation;
import com.contrastsecurity.sarif.Message;
import com.contrastsecurity.sarif.PartialFingerprints;
import com.contrastsecurity.sarif.PhysicalLocation;
import com.contrastsecurity.sarif.PropertyBag;
import com.contrastsecurity.sarif.Region;
import com.contrastsecurity.sarif.Result;
import com.contrastsecurity.sarif.Suppression;
import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import dev.tare.finding.Waiver;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code findings.sarif}: failed and waived rules as SARIF 2.1.0, for code scanning. What does not
 * fit one upload goes on in {@code findings-2.sarif} and so on, each with a category of its own, so
 * that uploading one does not close the alerts of another.
 *
 * <p>A finding's place is its repository without tag and digest, and its fingerprint is free of
 * them too: the next build of the image has the same alert, not a new one. Which image it is stands
 * in the logical location and the message. A waived finding is suppressed. Rules that could not be
 * answered, and images that could not be inspected, are notifications of the run: SARIF's readers
 * would show them as findings otherwise.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class SarifReportWriter implements ReportWriter {
  /** Vulnerabilities that are named in a result. */
  private static final int WORST = 20;

  private final SarifLimits limits;

  public SarifReportWriter() {
    this(SarifLimits.GITHUB);
  }

  public SarifReportWriter(SarifLimits limits) {
    this.limits = limits;
  }

  @Override
  public String format() {
    return "sarif";
  }

  @Override
  public String fileName() {
    return "findings.sarif";
  }

  @Override
  public Pattern ownFiles() {
    return Pattern.compile("findings(-\\d+)?\\.sarif");
  }

  @Override
  public boolean listsFindings() {
    return true;
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    return new Report(input, files);
  }

  private final class Report implements OpenReport {
    private final RunResults results;
    private final @Nullable Comparison since;
    private final ReportFiles files;
    private final SarifRules rules;

    /** Rules about known vulnerabilities. */
    private final Set<String> ofVulnerabilities;

    /** Rule to the number of images on which it could not be answered. */
    private final Map<String, Integer> unknown = new TreeMap<>();

    private SarifPart part;
    private int parts = 1;

    Report(ReportInput input, ReportFiles files) throws IOException {
      this.results = input.results();
      this.since = input.since();
      this.files = files;
      this.rules = new SarifRules(input.results().rules());
      this.ofVulnerabilities =
          input.results().rules().stream()
              .filter(rule -> rule.theme().equalsIgnoreCase("cve"))
              .map(RuleDoc::id)
              .collect(Collectors.toUnmodifiableSet());
      this.part = begin();
    }

    private SarifPart begin() throws IOException {
      String name = parts == 1 ? fileName() : "findings-" + parts + ".sarif";
      return new SarifPart(files.create(name), results.run(), rules, parts);
    }

    @Override
    public void image(JudgedImage image) throws IOException {
      for (Outcome outcome : image.outcomes()) {
        switch (outcome.kind()) {
          case FAIL, WAIVED -> add(result(image, outcome));
          case UNKNOWN -> unknown.merge(outcome.rule(), 1, Integer::sum);
          case PASS, NOT_APPLICABLE -> {}
        }
      }
    }

    private void add(Result result) throws IOException {
      String text = SarifPart.text(result);
      if (!part.fits(text, limits)) {
        part.finish(Map.of(), List.of());
        parts++;
        part = begin();
      }
      part.add(text);
    }

    private Result result(JudgedImage image, Outcome outcome) {
      Result result =
          new Result()
              .withRuleId(outcome.rule())
              .withRuleIndex(rules.index(outcome.rule()))
              .withKind(Result.Kind.FAIL)
              .withLevel(level(outcome.severity()))
              .withMessage(
                  new Message()
                      .withText(
                          SarifText.plain(
                              image.reference()
                                  + " ("
                                  + image.platform()
                                  + "): "
                                  + message(outcome))))
              .withLocations(List.of(location(image)))
              .withPartialFingerprints(
                  new PartialFingerprints()
                      // The one that GitHub compares.
                      .withAdditionalProperty(
                          "primaryLocationLineHash", outcome.fingerprint() + ":1")
                      .withAdditionalProperty("tareFinding/v1", outcome.fingerprint()))
              .withProperties(
                  new PropertyBag()
                      .withAdditionalProperty("severity", outcome.severity().word())
                      .withAdditionalProperty("digest", image.digest())
                      .withAdditionalProperty("platform", image.platform()));
      if (ofVulnerabilities.contains(outcome.rule())) {
        vulnerabilities(StoredFacts.of(image.facts()).vulnerabilities(), result.getProperties());
      }
      if (since != null) {
        since.of(outcome).ifPresent(change -> result.setBaselineState(baseline(change)));
      }
      if (outcome.kind() == OutcomeKind.WAIVED) {
        result.setSuppressions(Set.of(suppression(outcome.waiver())));
      }
      return result;
    }

    /** A new one changes what stands here and no fingerprint: the alert remains the same. */
    private static void vulnerabilities(Vulnerabilities found, PropertyBag properties) {
      if (found.isKnown()) {
        properties.setAdditionalProperty("vulnerabilities", found.counts());
        properties.setAdditionalProperty("vulnerabilitiesFixable", found.fixable());
        properties.setAdditionalProperty(
            "vulnerabilitiesWorst",
            found.items().stream()
                .map(Vulnerabilities.Item::id)
                .filter(Objects::nonNull)
                .distinct()
                .limit(WORST)
                .toList());
      }
    }

    private static Result.BaselineState baseline(FindingChange change) {
      return change == FindingChange.NEW
          ? Result.BaselineState.NEW
          : Result.BaselineState.UNCHANGED;
    }

    private static String message(Outcome outcome) {
      return outcome.message().isEmpty() ? outcome.rule() + " failed" : outcome.message();
    }

    private static Location location(JudgedImage image) {
      return new Location()
          .withPhysicalLocation(
              new PhysicalLocation()
                  .withArtifactLocation(
                      new ArtifactLocation()
                          .withUri(SarifText.path(image.registry() + "/" + image.repository())))
                  // An image has no lines; viewers ask for one.
                  .withRegion(new Region().withStartLine(1)))
          .withLogicalLocations(
              Set.of(
                  new LogicalLocation()
                      .withName(image.reference())
                      .withFullyQualifiedName(
                          image.registry() + "/" + image.repository() + "@" + image.digest())
                      .withKind("image")));
    }

    private static Suppression suppression(@Nullable Waiver waiver) {
      Suppression suppression =
          new Suppression()
              .withKind(Suppression.Kind.EXTERNAL)
              .withStatus(Suppression.Status.ACCEPTED);
      return waiver == null
          ? suppression
          : suppression.withJustification(
              waiver.reason() + " (" + waiver.owner() + ", until " + waiver.expires() + ")");
    }

    private static Result.Level level(Severity severity) {
      return switch (severity) {
        case CRITICAL, HIGH -> Result.Level.ERROR;
        case MEDIUM -> Result.Level.WARNING;
        case LOW, NOTE -> Result.Level.NOTE;
      };
    }

    @Override
    public void finish(Plan plan) throws IOException {
      part.finish(unknown, results.notInspected());
    }

    @Override
    public void close() throws IOException {
      part.close();
    }
  }
}
