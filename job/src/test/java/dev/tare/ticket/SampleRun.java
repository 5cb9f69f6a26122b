package dev.tare.ticket;

import dev.tare.finding.ActionKind;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.NotInspected.Stage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.finding.Waiver;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Results of a run, put together by hand. Run n ends n days after the first of November. A run of
 * the whole registry asked for every tag that it does not list and was told that there is none,
 * unless it is said otherwise; one of other targets asked for none.
 */
final class SampleRun implements RunResults, Sightings {
  static final String REGISTRY = "localhost:5000";
  private static final JsonMapper JSON = new JsonMapper();

  private final int number;
  private final List<String> targets;
  private final List<JudgedImage> images = new ArrayList<>();
  private final List<NotInspected> notInspected = new ArrayList<>();
  private boolean asked;
  private boolean everyPlatform = true;
  private String judging = "the rules";

  private SampleRun(int number, List<String> targets, boolean asked) {
    this.number = number;
    this.targets = targets;
    this.asked = asked;
  }

  static SampleRun of(int number, String... targets) {
    return new SampleRun(
        number, targets.length == 0 ? List.of(REGISTRY) : List.of(targets), targets.length == 0);
  }

  /** What it does not list, it did not ask for. */
  SampleRun withoutAsking() {
    asked = false;
    return this;
  }

  SampleRun everyPlatform(boolean every) {
    everyPlatform = every;
    return this;
  }

  SampleRun judgedBy(String what) {
    judging = what;
    return this;
  }

  String judging() {
    return judging;
  }

  @Override
  public Sighting of(String registry, String repository, @Nullable String tag) {
    String name = registry + "/" + repository;
    boolean read =
        images.stream()
            .anyMatch(image ->
                image.repository().equals(repository) && tag != null && image.tags().contains(tag));
    boolean troubled =
        notInspected.stream()
            .anyMatch(problem ->
                (problem.stage() == Stage.REGISTRY && problem.reference().contains(REGISTRY))
                    || problem.reference().equals(name)
                    || problem.reference().equals(name + ":" + tag));
    return read
        ? everyPlatform ? Sighting.READ : Sighting.UNKNOWN
        : asked && !troubled ? Sighting.GONE : Sighting.UNKNOWN;
  }

  @Override
  public boolean knowsAll(String registry, String repository) {
    return asked;
  }

  SampleRun image(String repository, String tags, Outcome... outcomes) {
    return image(repository, tags, "linux/amd64", "run" + number, outcomes);
  }

  SampleRun image(
      String repository, String tags, String platform, String build, Outcome... outcomes) {
    return image(repository, tags, platform, build, FACTS, outcomes);
  }

  SampleRun image(
      String repository,
      String tags,
      String platform,
      String build,
      String facts,
      Outcome... outcomes) {
    List<String> list = tags.isEmpty() ? List.of() : List.of(tags.split(","));
    String digest = digest(repository, tags, platform, build);
    images.add(
        new JudgedImage(
            REGISTRY,
            repository,
            list,
            REGISTRY + "/" + repository + (list.isEmpty() ? "@" + digest : ":" + list.getFirst()),
            digest,
            platform,
            Verdict.of(Arrays.asList(outcomes)),
            json(facts),
            List.of(outcomes)));
    return this;
  }

  private static String digest(String repository, String tags, String platform, String build) {
    return "sha256:" + Sha256.of(repository + tags + platform + build);
  }

  /** Facts of an image with one layer of its own on another of {@code linux/amd64}. */
  static String on(String repository, String tags, String build) {
    return """
    {"layers": [{"index": 0, "createdBy": "ADD rootfs.tar /", "inBase": true},
                {"index": 1, "createdBy": "COPY app /", "inBase": false}],
     "base": {"lineage": [%s]}}
    """
        .formatted(ancestor(repository, tags, build, 1));
  }

  /** An ancestor of {@code linux/amd64} as facts have it. */
  static String ancestor(String repository, String tags, String build, int layers) {
    return "{\"reference\": \"%s\", \"digest\": \"%s\", \"layers\": %d}"
        .formatted(
            REGISTRY + "/" + repository + ":" + tags,
            digest(repository, tags, "linux/amd64", build),
            layers);
  }

  SampleRun notInspected(String reference, String stage, String reason) {
    notInspected.add(new NotInspected(reference, null, Stage.of(stage), reason));
    return this;
  }

  static Outcome fail(String rule, Severity severity) {
    return fail(rule, severity, rule + " says no", "{}");
  }

  static Outcome fail(String rule, Severity severity, String message, String evidence) {
    return outcome(rule, OutcomeKind.FAIL, severity, message, evidence, null);
  }

  static Outcome pass(String rule) {
    return outcome(rule, OutcomeKind.PASS, Severity.HIGH, "", "{}", null);
  }

  static Outcome unknown(String rule) {
    return outcome(rule, OutcomeKind.UNKNOWN, Severity.HIGH, "not measured", "{}", null);
  }

  static Outcome waived(String rule, Severity severity) {
    return outcome(
        rule,
        OutcomeKind.WAIVED,
        severity,
        rule + " says no",
        "{}",
        new Waiver("needed until the move", "team-a", LocalDate.of(2027, 3, 1), "OPS-12"));
  }

  private static Outcome outcome(
      String rule,
      OutcomeKind kind,
      Severity severity,
      String message,
      String evidence,
      @Nullable Waiver waiver) {
    return new Outcome(rule, kind, severity, message, json(evidence), "fp-" + rule, waiver);
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  static final String FACTS =
      """
      {"image": {"labels": {"org.opencontainers.image.source": "https://git.example.com/team/app"}},
       "layers": [
         {"index": 0, "digest": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "createdBy": "ADD rootfs.tar /", "inBase": true},
         {"index": 1, "digest": "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "createdBy": "RUN apt-get install -y curl", "inBase": false}],
       "base": {"parent": {"reference": "localhost:5000/base/debian:12", "layers": 1},
                "lineage": [{"reference": "localhost:5000/base/debian:12", "layers": 1}]}}
      """;

  @Override
  public RunInfo run() {
    Instant end = Instant.parse("2026-11-01T02:00:00Z").plus(Duration.ofDays(number));
    return new RunInfo(
        "run-" + number,
        RunKind.SCAN,
        null,
        "0.1.0",
        end.minus(Duration.ofMinutes(9)),
        end,
        targets,
        List.of());
  }

  @Override
  public RunSummary summary() {
    return new RunSummary(0, images.size(), 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), null, null);
  }

  @Override
  public void forEachImage(Consumer<JudgedImage> consumer) {
    images.stream()
        .sorted(
            Comparator.comparing(JudgedImage::repository)
                .thenComparing(JudgedImage::reference)
                .thenComparing(JudgedImage::platform))
        .forEach(consumer);
  }

  @Override
  public List<NotInspected> notInspected() {
    return notInspected;
  }

  @Override
  public List<RuleDoc> rules() {
    return List.of(
        rule(
            "TARE-TOOL-001",
            "Shell in the image",
            ActionKind.BASE,
            "Start from an image without a shell (FROM scratch)."),
        rule(
            "TARE-TOOL-004",
            "Download tool in the image",
            ActionKind.INSTALL,
            "Fetch in a build stage."),
        rule("TARE-USER-001", "Runs as root", ActionKind.USER, "Set a numeric USER."));
  }

  private static RuleDoc rule(String id, String title, ActionKind action, String remediation) {
    return new RuleDoc(
        id,
        title,
        title,
        Severity.HIGH,
        "TOOL",
        action,
        "",
        remediation,
        List.of(),
        Map.of(),
        "0.1");
  }
}
