package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LeanInputTest {
  private static final JsonNode FACTS =
      JsonMapper.shared()
          .readTree(
              """
              {"a": {"x": 1, "y": [2], "z": 3}, "b": [1, 2], "c": null, "d": {"x": 1}, "e": [{"x": 1}]}
              """);

  @Test
  void onlyNamedPartsAreKept() {
    assertThat(new LeanInput(List.of("a.x", "a.y", "b", "d", "missing.x"), Map.of()).of(FACTS))
        .isEqualTo(
            JsonMapper.shared()
                .readTree("{\"a\": {\"x\": 1, \"y\": [2]}, \"b\": [1, 2], \"d\": {\"x\": 1}}"));
  }

  @Test
  void partOfSomethingThatIsNoObjectKeepsIt() {
    assertThat(new LeanInput(List.of("c.x", "e.x"), Map.of()).of(FACTS))
        .isEqualTo(JsonMapper.shared().readTree("{\"c\": null, \"e\": [{\"x\": 1}]}"));
  }

  @Test
  void bundleThatDoesNotSayGetsEverything() {
    assertThat(new LeanInput(List.of(), Map.of()).of(FACTS)).isEqualTo(FACTS);
  }

  @Test
  void elementsOfAListKeepTheNamedFields() {
    assertThat(
            new LeanInput(List.of("a.y", "e"), Map.of("e", List.of("y"), "a.y", List.of("z")))
                .of(FACTS))
        .isEqualTo(JsonMapper.shared().readTree("{\"a\": {\"y\": [2]}, \"e\": [{}]}"));
  }

  @Test
  void builtInRulesGetNamesOfPackagesAndNoMore() {
    Bundle bundle = PolicyEngines.builtIn();
    JsonNode lean = new LeanInput(bundle.input(), bundle.fields()).of(Examples.clean());
    assertThat(lean.at("/packages/items/0").propertyNames())
        .containsExactlyInAnyOrder("type", "name", "version", "layer", "inBase");
    assertThat(lean.path("image").propertyNames()).doesNotContain("mediaType", "digest");
  }

  @Test
  void outcomesAreThoseOfTheWholeDocument() {
    Bundle bundle = PolicyEngines.builtIn();
    LeanInput lean = new LeanInput(bundle.input(), bundle.fields());
    String data = JsonMapper.shared().writeValueAsString(bundle.data());
    try (WasmModule module = WasmModule.builtIn(bundle, EvaluationLimits.DEFAULT)) {
      for (Path example : Examples.all()) {
        if (!String.valueOf(example.getFileName()).startsWith("fail-")) {
          continue; // A field that is missing shows where a rule would have to fail.
        }
        JsonNode facts = Examples.read(example);
        assertThat(
                outcomes(module.evaluate(BundleJudge.ENTRYPOINT, data, lean.of(facts).toString())))
            .as(example.toString())
            .isEqualTo(outcomes(module.evaluate(BundleJudge.ENTRYPOINT, data, facts.toString())));
      }
    }
  }

  /** Rule, outcome and message of each; evidence may quote the fields that were left out. */
  private static Map<String, String> outcomes(String results) {
    Map<String, String> outcomes = new TreeMap<>();
    for (JsonNode outcome : JsonMapper.shared().readTree(results).at("/0/result/outcomes")) {
      outcomes.put(
          outcome.path("rule").asString(),
          outcome.path("outcome").asString() + ": " + outcome.path("message").asString());
    }
    return outcomes;
  }
}
