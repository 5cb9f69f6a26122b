package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    assertThat(new LeanInput(List.of("a.x", "a.y", "b", "d", "missing.x")).of(FACTS))
        .isEqualTo(
            JsonMapper.shared()
                .readTree("{\"a\": {\"x\": 1, \"y\": [2]}, \"b\": [1, 2], \"d\": {\"x\": 1}}"));
  }

  @Test
  void partOfSomethingThatIsNoObjectKeepsIt() {
    assertThat(new LeanInput(List.of("c.x", "e.x")).of(FACTS))
        .isEqualTo(JsonMapper.shared().readTree("{\"c\": null, \"e\": [{\"x\": 1}]}"));
  }

  @Test
  void bundleThatDoesNotSayGetsEverything() {
    assertThat(new LeanInput(List.of()).of(FACTS)).isEqualTo(FACTS);
  }

  @Test
  void listsThatNoBuiltInRuleReadsAreLeftOut() {
    JsonNode lean = new LeanInput(PolicyEngines.builtIn().input()).of(Examples.clean());
    assertThat(lean.path("packages").propertyNames()).contains("count").doesNotContain("items");
    assertThat(lean.path("image").propertyNames()).contains("config").doesNotContain("history");
  }
}
