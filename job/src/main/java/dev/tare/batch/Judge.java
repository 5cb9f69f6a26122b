package dev.tare.batch;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.WaiverUse;
import dev.tare.oci.Digest;
import dev.tare.policy.BundleFetcher;
import dev.tare.policy.PolicyEngine;
import dev.tare.policy.PolicyEngines;
import dev.tare.policy.PolicySettings;
import dev.tare.policy.ProfileSelector;
import dev.tare.policy.WaiverBook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The policies and waivers that a request names. Safe for concurrent use. */
public final class Judge implements AutoCloseable {
  private final PolicyEngine engine;
  private final WaiverBook waivers;
  private final @Nullable String profile;
  private final JsonNode settings;

  private Judge(
      PolicyEngine engine, WaiverBook waivers, @Nullable String profile, JsonNode settings) {
    this.engine = engine;
    this.waivers = waivers;
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
    PolicyEngine engine = PolicyEngines.open(request.bundles(), settings(request), fetcher);
    waivers.check(engine.rules());
    profiles(request); // Refuses a profile that does not exist.
    return new Judge(engine, waivers, request.profile(), request.settings());
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
   * The outcomes of every rule. A profile that the request forces beats the one that the facts were
   * stored with, which may have been written by an earlier run.
   */
  public List<Outcome> outcomes(JsonNode facts) {
    JsonNode judged = facts;
    if (profile != null && facts instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      copy.setAll(object);
      copy.put("profile", profile);
      judged = copy;
    }
    return waivers.apply(judged, engine.evaluate(judged));
  }

  /** The loaded rules, sorted by identifier. */
  public List<RuleDoc> rules() {
    return engine.rules();
  }

  public List<PolicyRevision> revisions() {
    return engine.revisions();
  }

  /**
   * Equal for two judges of the same version of Tare that come to the same outcomes on the same
   * facts, waivers aside: bundles, settings and the forced profile.
   */
  String digest(String version) {
    String all =
        version
            + "\n"
            + revisions().stream().map(PolicyRevision::digest).sorted().toList()
            + "\n"
            + settings
            + "\n"
            + profile;
    return Digest.sha256(all.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** The waivers, and whether what was judged so far needed them. */
  List<WaiverUse> waivers() {
    return waivers.uses();
  }

  /** Counts an image that was judged before this judge was opened as judged by it. */
  void recall(JudgedImage image) {
    waivers.apply(
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
