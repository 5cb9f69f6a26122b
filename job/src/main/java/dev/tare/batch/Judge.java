package dev.tare.batch;

import dev.tare.finding.Outcome;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import dev.tare.policy.PolicyEngine;
import dev.tare.policy.PolicyEngines;
import dev.tare.policy.PolicySettings;
import dev.tare.policy.ProfileSelector;
import dev.tare.policy.WaiverBook;
import dev.tare.policy.WaiverEntry;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The policies and waivers that a request names. Safe for concurrent use. */
public final class Judge implements AutoCloseable {
  private final PolicyEngine engine;
  private final WaiverBook waivers;

  private Judge(PolicyEngine engine, WaiverBook waivers) {
    this.engine = engine;
    this.waivers = waivers;
  }

  /**
   * Opens the built-in library and what the request names; throws USAGE where something of it
   * cannot be used.
   */
  public static Judge open(JudgeRequest request) {
    Path file = request.waivers();
    WaiverBook waivers = file == null ? WaiverBook.none() : WaiverBook.read(file);
    PolicyEngine engine =
        PolicyEngines.open(request.bundles(), settings(request), new OciBundles());
    waivers.check(engine.rules());
    return new Judge(engine, waivers);
  }

  static ProfileSelector profiles(JudgeRequest request) {
    return new ProfileSelector(settings(request));
  }

  private static PolicySettings settings(JudgeRequest request) {
    PolicySettings settings = PolicySettings.of(request.settings());
    String profile = request.profile();
    return profile == null ? settings : settings.withProfile(profile);
  }

  List<Outcome> outcomes(JsonNode facts) {
    return waivers.apply(facts, engine.evaluate(facts));
  }

  /** The loaded rules, sorted by identifier. */
  public List<RuleDoc> rules() {
    return engine.rules();
  }

  List<PolicyRevision> revisions() {
    return engine.revisions();
  }

  List<WaiverEntry> unusedWaivers() {
    return waivers.unused();
  }

  List<WaiverEntry> expiredWaivers() {
    return waivers.expired();
  }

  @Override
  public void close() {
    engine.close();
  }
}
