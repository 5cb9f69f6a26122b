package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Judges images by the rules of one bundle. Safe for concurrent use. */
final class BundleJudge implements AutoCloseable {
  static final String ENTRYPOINT = "tare/main/report";

  private static final Logger LOG = LoggerFactory.getLogger(BundleJudge.class);
  private static final int MAX_REASON = 400;
  private static final JsonNode SWITCHED_OFF =
      JsonMapper.shared()
          .createObjectNode()
          .put("outcome", "not-applicable")
          .put("message", "Switched off by settings.");

  private final Bundle bundle;
  private final BundleSettings settings;
  private final WasmModule module;
  private final Group all;
  private final Group timed;
  private final CutOffRules cutOff = new CutOffRules();

  BundleJudge(Bundle bundle, BundleSettings settings, WasmModule module) {
    this.bundle = bundle;
    this.settings = settings;
    this.module = module;
    Map<Boolean, List<String>> byTime =
        bundle.rules().stream()
            .map(RuleDoc::id)
            .collect(Collectors.partitioningBy(bundle.timed().rules()::contains));
    this.all =
        new Group(
            bundle.rules().stream().map(RuleDoc::id).toList(),
            Set.of(),
            new LeanInput(bundle.input(), bundle.fields()));
    this.timed =
        new Group(
            byTime.getOrDefault(true, List.of()),
            Set.copyOf(byTime.getOrDefault(false, List.of())),
            new LeanInput(bundle.timed().input(), bundle.fields()));
  }

  /**
   * Rules that are evaluated together.
   *
   * @param rules in the bundle's order
   * @param others the rest of the bundle's
   */
  private record Group(List<String> rules, Set<String> others, LeanInput input) {}

  List<RuleDoc> rules() {
    return bundle.rules();
  }

  PolicyRevision revision() {
    return bundle.policyRevision();
  }

  /** What each of these rules of the bundle comes to, in their order. */
  Evaluation judge(JsonNode facts, PolicyEngine.Scope scope) {
    Group group =
        switch (scope) {
          case ALL -> all;
          case TIMED -> timed;
        };
    if (group.rules().isEmpty()) {
      return new Evaluation(List.of(), true);
    }
    ImageName image = ImageName.of(facts);
    MergedSettings merged =
        settings.of(facts.path("profile").asString(""), image.registry(), image.repository());
    String input = JsonMapper.shared().writeValueAsString(group.input().of(facts));
    Map<String, JsonNode> together =
        bundle.entrypoints().isEmpty() ? together(image, merged, group, input) : Map.of();
    Map<String, TareException> failed = new TreeMap<>();
    List<Outcome> outcomes =
        group.rules().stream()
            .map(rule ->
                together.containsKey(rule)
                    ? outcome(image, merged, rule, together.get(rule))
                    : alone(image, merged, rule, input, failed))
            .toList();
    boolean complete =
        failed.isEmpty()
            && group.rules().stream().noneMatch(rule -> cutOff.givenUp(rule).isPresent());
    // Where most of them fail, the image is too large or the machine too busy: no rule is to blame.
    if (failed.size() * 2 <= outcomes.size() || outcomes.size() == 1) {
      failed.forEach((rule, e) ->
          cutOff.add(rule, e.kind() == FailureKind.LIMIT, String.valueOf(e.getMessage())));
    }
    return new Evaluation(outcomes, complete);
  }

  /**
   * The results of the rules that have one entrypoint for all and were never cut off. None where
   * one of them aborts: it takes the whole evaluation with it.
   */
  private Map<String, JsonNode> together(
      ImageName image, MergedSettings merged, Group group, String input) {
    Set<String> apart = new HashSet<>(cutOff.rules());
    apart.addAll(group.others());
    try {
      Map<String, JsonNode> results = report(merged.dataWithout(Set.copyOf(apart)), input);
      results.keySet().removeAll(apart);
      return results;
    } catch (TareException e) {
      if (e.kind() == FailureKind.ENVIRONMENT) {
        throw e;
      }
      LOG.atWarn()
          .addKeyValue("image", image.repository())
          .addKeyValue("bundle", bundle.name())
          .addKeyValue("cause", e.getMessage())
          .log("policies could not be evaluated at once, trying each rule alone");
      return Map.of();
    }
  }

  private Outcome alone(
      ImageName image,
      MergedSettings merged,
      String rule,
      String input,
      Map<String, TareException> failed) {
    Optional<String> givenUp = cutOff.givenUp(rule);
    if (givenUp.isPresent()) {
      return unknown(image, merged, rule, givenUp.get());
    }
    try {
      return outcome(image, merged, rule, result(merged, rule, input));
    } catch (TareException e) {
      if (e.kind() == FailureKind.ENVIRONMENT) {
        throw e;
      }
      failed.put(rule, e);
      return unknown(image, merged, rule, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable JsonNode result(MergedSettings merged, String rule, String input) {
    String entrypoint = bundle.entrypoints().get(rule);
    if (entrypoint == null) {
      return report(merged.dataOfOnly(rule), input).get(rule);
    }
    return merged.enabled(rule)
        ? MessageResult.outcome(evaluated(entrypoint, merged.data(), input))
        : SWITCHED_OFF;
  }

  private Map<String, JsonNode> report(String data, String input) {
    JsonNode result = evaluated(ENTRYPOINT, data, input);
    if (!result.path("outcomes").isArray()) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          "evaluate policies " + bundle.name() + ": " + ENTRYPOINT + " gave no outcomes");
    }
    Map<String, JsonNode> byRule = new HashMap<>();
    for (JsonNode outcome : result.path("outcomes")) {
      byRule.put(outcome.path("rule").asString(""), outcome);
    }
    return byRule;
  }

  private JsonNode evaluated(String entrypoint, String data, String input) {
    try {
      return JsonMapper.shared()
          .readTree(module.evaluate(entrypoint, data, input))
          .path(0)
          .path("result");
    } catch (JacksonException e) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          "evaluate policies " + bundle.name() + ": the result is not JSON",
          null,
          e);
    }
  }

  private Outcome outcome(
      ImageName image, MergedSettings merged, String rule, @Nullable JsonNode result) {
    if (result == null) {
      return unknown(image, merged, rule, "The policies gave no outcome of this rule.");
    }
    String word = result.path("outcome").asString("");
    OutcomeKind kind = OutcomeKind.ofWord(word).orElse(null);
    if (kind == null || kind == OutcomeKind.WAIVED) {
      return unknown(image, merged, rule, "The rule gave the outcome \"" + word + "\".");
    }
    JsonNode evidence = SortedJson.of(result.path("evidence"));
    return new Outcome(
        rule,
        kind,
        merged.severity(rule, kind),
        result.path("message").asString(""),
        evidence,
        Fingerprint.of(image, rule, evidence),
        null);
  }

  private static Outcome unknown(
      ImageName image, MergedSettings merged, String rule, String reason) {
    JsonNode evidence = JsonMapper.shared().createObjectNode();
    return new Outcome(
        rule,
        OutcomeKind.UNKNOWN,
        merged.severity(rule, OutcomeKind.UNKNOWN),
        reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason,
        evidence,
        Fingerprint.of(image, rule, evidence),
        null);
  }

  @Override
  public void close() {
    module.close();
  }
}
