package dev.tare.batch;

import dev.tare.baseline.Baseline;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.facts.Image;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.WaiverUse;
import dev.tare.inspect.ImageFacts;
import dev.tare.oci.Digest;
import dev.tare.policy.BundleFetcher;
import dev.tare.policy.Evaluation;
import dev.tare.policy.PolicyEngine;
import dev.tare.policy.PolicyEngines;
import dev.tare.policy.PolicySettings;
import dev.tare.policy.ProfileSelector;
import dev.tare.policy.WaiverBook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The policies and waivers that a request names. Safe for concurrent use. */
public final class Judge implements AutoCloseable {
  private final PolicyEngine engine;
  private final WaiverBook waivers;
  private final Baseline baseline;
  private final @Nullable String profile;
  private final JsonNode settings;

  private Judge(
      PolicyEngine engine,
      WaiverBook waivers,
      Baseline baseline,
      @Nullable String profile,
      JsonNode settings) {
    this.engine = engine;
    this.waivers = waivers;
    this.baseline = baseline;
    this.profile = profile;
    this.settings = settings;
  }

  /**
   * Opens the built-in library and what the request names; throws USAGE where something of it
   * cannot be used.
   *
   * @param fetcher brings bundles that are no files
   */
  public static Judge open(JudgeRequest request, BundleFetcher fetcher) {
    Path file = request.waivers();
    WaiverBook waivers = file == null ? WaiverBook.none() : WaiverBook.read(file);
    Path known = request.baseline();
    Baseline baseline = known == null ? Baseline.none() : Baseline.read(known);
    PolicyEngine engine = PolicyEngines.open(request.bundles(), settings(request), fetcher);
    waivers.check(engine.rules());
    profiles(request); // Refuses a profile that does not exist.
    return new Judge(engine, waivers, baseline, request.profile(), request.settings());
  }

  static ProfileSelector profiles(JudgeRequest request) {
    return new ProfileSelector(settings(request));
  }

  private static PolicySettings settings(JudgeRequest request) {
    PolicySettings settings = PolicySettings.of(request.settings());
    String profile = request.profile();
    return profile == null ? settings : settings.withProfile(profile);
  }

  /**
   * What every rule comes to, waivers aside. A profile that the request forces beats the one that
   * the facts were stored with, which may have been written by an earlier run. Throws USAGE for
   * facts of another version: what they lack would read as a pass.
   */
  public Evaluation evaluate(JsonNode facts) {
    return engine.evaluate(judged(facts), PolicyEngine.Scope.ALL);
  }

  /**
   * The same, of facts that have been judged by the same on another day: only rules that read the
   * time are judged again.
   *
   * @param earlier what these facts came to then
   */
  public Evaluation evaluate(JsonNode facts, List<Outcome> earlier) {
    Evaluation timed = engine.evaluate(judged(facts), PolicyEngine.Scope.TIMED);
    Map<String, Outcome> now = new HashMap<>();
    timed.outcomes().forEach(outcome -> now.put(outcome.rule(), outcome));
    return new Evaluation(
        earlier.stream().map(outcome -> now.getOrDefault(outcome.rule(), outcome)).toList(),
        timed.complete());
  }

  /** The same outcomes with their waivers; the baseline waives what they do not. */
  public List<Outcome> waive(JsonNode facts, List<Outcome> outcomes) {
    return baseline.apply(facts, waivers.apply(facts, outcomes));
  }

  /** Whether there are waivers, or findings are known. */
  public boolean waives() {
    return !waivers.uses().isEmpty() || baseline.size() > 0;
  }

  /**
   * Rules see the day of the time, so that what they come to holds for it; and of feeds not in
   * which revision they were, so that it holds as long as the vulnerabilities are the same.
   */
  private JsonNode judged(JsonNode facts) {
    if (!(facts instanceof ObjectNode object)) {
      return facts;
    }
    requireVersion(facts);
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    copy.setAll(object);
    if (profile != null) {
      copy.put("profile", profile);
    }
    Instant day = Instant.parse(facts.path("evaluatedAt").asString()).truncatedTo(ChronoUnit.DAYS);
    copy.put("evaluatedAt", day.toString());
    if (!facts.path("vulnerabilities").path("sources").isEmpty()) {
      ObjectNode vulnerabilities = (ObjectNode) facts.path("vulnerabilities").deepCopy();
      for (JsonNode source : vulnerabilities.path("sources")) {
        ((ObjectNode) source).putNull("revision").putNull("updatedAt");
      }
      copy.set("vulnerabilities", vulnerabilities);
    }
    return copy;
  }

  private static void requireVersion(JsonNode facts) {
    String version = facts.path("schemaVersion").asString("none");
    if (!version.equals(ImageFacts.SCHEMA_VERSION)) {
      Image image = StoredFacts.of(facts).image();
      throw new TareException(
          FailureKind.USAGE,
          "judge %s/%s@%s: its facts are of version %s, rules read version %s"
              .formatted(
                  image.registry(),
                  image.repository(),
                  image.digest(),
                  version,
                  ImageFacts.SCHEMA_VERSION),
          "Another version of Tare stored them: scan the image again.");
    }
  }

  /** The loaded rules, sorted by identifier. */
  public List<RuleDoc> rules() {
    return engine.rules();
  }

  public List<PolicyRevision> revisions() {
    return engine.revisions();
  }

  /**
   * Equal for two judges that come to the same outcomes on the same facts, waivers aside: bundles,
   * settings and the forced profile.
   *
   * @param program that judges: its version, or what tells it more exactly
   */
  public String digest(String program) {
    String all =
        program
            + "\n"
            + revisions().stream().map(PolicyRevision::digest).sorted().toList()
            + "\n"
            + settings
            + "\n"
            + profile;
    return Digest.sha256(all.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /**
   * The waivers, and whether what was judged so far needed them; behind them what is stale or has
   * expired of the baseline.
   */
  List<WaiverUse> waivers() {
    return Stream.concat(waivers.uses().stream(), baseline.problems().stream()).toList();
  }

  /** Counts an image that was judged before this judge was opened as judged by it. */
  void recall(JudgedImage image) {
    waive(
        image.facts(),
        image.outcomes().stream()
            .map(outcome -> outcome.kind() == OutcomeKind.WAIVED ? failed(outcome) : outcome)
            .toList());
  }

  private static Outcome failed(Outcome outcome) {
    return new Outcome(
        outcome.rule(),
        OutcomeKind.FAIL,
        outcome.severity(),
        outcome.message(),
        outcome.evidence(),
        outcome.fingerprint(),
        null);
  }

  @Override
  public void close() {
    engine.close();
  }
}
