package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The classes that the build made of the built-in policies, beside opa-java-wasm on the module. */
class BuiltInInstanceTest {
  private static final int PAGES = 4096;
  private static final String DATA =
      JsonMapper.shared().writeValueAsString(PolicyEngines.builtIn().data());

  @Test
  void moduleCallsNoFunctionOutsideOfIt() {
    assertThat(new BuiltInInstance(PAGES).functions()).isEmpty();
  }

  @Test
  void entrypointIsTheOneThatIsAskedFor() {
    assertThat(new BuiltInInstance(PAGES).entrypoints()).containsExactly(BundleJudge.ENTRYPOINT);
  }

  @Test
  void outcomesAreThoseOfTheModuleThatTheLibraryCompiles() {
    PolicyInstance builtIn = new BuiltInInstance(PAGES);
    PolicyInstance library = new OpaInstance(PolicyEngines.builtIn().wasm(), PAGES);
    builtIn.data(DATA);
    library.data(DATA);
    for (Path example : Examples.all()) {
      String facts = Examples.read(example).toString();
      assertThat(result(builtIn, facts)).as(example.toString()).isEqualTo(result(library, facts));
    }
  }

  /** A template string says so of a reference without a value, where a call would have none. */
  @Test
  void noMessageSaysThatAPartOfItIsUndefined() {
    PolicyInstance instance = new BuiltInInstance(PAGES);
    instance.data(DATA);
    List<Path> examples = Examples.all();
    for (int i = 0; i < examples.size(); i += 30) {
      ObjectNode facts = (ObjectNode) Examples.read(examples.get(i));
      for (String part : List.copyOf(facts.propertyNames())) {
        JsonNode whole = facts.get(part);
        without(facts, part, () -> evaluated(instance, facts));
        if (whole instanceof ObjectNode object) {
          for (String field : List.copyOf(object.propertyNames())) {
            without(object, field, () -> evaluated(instance, facts));
          }
        }
      }
    }
  }

  @Test
  void whatWasEvaluatedBeforeLeavesNoTrace() {
    String small = "{}";
    String large = Examples.clean().toString();
    String padded = "{\"padding\": \"" + "x".repeat(20_000_000) + "\"," + large.substring(1);
    PolicyInstance instance = new BuiltInInstance(PAGES);
    instance.data(DATA);
    JsonNode ofSmall = result(instance, small);
    JsonNode ofLarge = result(instance, large);
    assertThat(ofLarge).isNotEqualTo(ofSmall);
    assertThat(result(instance, padded)).isEqualTo(ofLarge);
    for (int i = 0; i < 50; i++) {
      assertThat(result(instance, small)).isEqualTo(ofSmall);
      assertThat(result(instance, large)).isEqualTo(ofLarge);
    }
  }

  @Test
  void baseDocumentsAreReplacedByLaterOnes() {
    String facts = Examples.clean().toString();
    PolicyInstance instance = new BuiltInInstance(PAGES);
    instance.data(DATA);
    JsonNode shipped = result(instance, facts);
    instance.data("{}");
    assertThat(result(instance, facts)).isNotEqualTo(shipped);
    instance.data(DATA);
    assertThat(result(instance, facts)).isEqualTo(shipped);
  }

  @Test
  void inputLargerThanTheMemoryIsAnErrorThatNamesTheLimit() {
    Bundle bundle = PolicyEngines.builtIn();
    EvaluationLimits limits = new EvaluationLimits(8 << 20, Duration.ofSeconds(20));
    try (WasmModule module = WasmModule.builtIn(bundle, limits)) {
      String huge = "{\"padding\": \"" + "x".repeat(9 << 20) + "\"}";
      assertThatExceptionOfType(TareException.class)
          .isThrownBy(() -> module.evaluate(BundleJudge.ENTRYPOINT, DATA, huge))
          .withMessageContaining("needs more memory than 8 MiB")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.LIMIT));
      assertThat(module.evaluate(BundleJudge.ENTRYPOINT, DATA, Examples.clean().toString()))
          .contains("outcomes");
    }
  }

  @Test
  void evaluationThatTakesTooLongIsCutOff() {
    Bundle bundle = PolicyEngines.builtIn();
    String facts = Examples.clean().toString();
    try (WasmModule module =
        WasmModule.builtIn(bundle, new EvaluationLimits(256 << 20, Duration.ofMillis(1)))) {
      assertThatExceptionOfType(TareException.class)
          .isThrownBy(() -> {
            while (true) {
              module.evaluate(BundleJudge.ENTRYPOINT, DATA, facts);
            }
          })
          .withMessageContaining("it took longer than")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.LIMIT));
    }
  }

  private static void without(ObjectNode object, String field, Runnable check) {
    JsonNode value = object.get(field);
    object.putNull(field);
    check.run();
    object.set(field, value);
  }

  private static void evaluated(PolicyInstance instance, JsonNode facts) {
    assertThat(instance.evaluate(BundleJudge.ENTRYPOINT, facts.toString()))
        .doesNotContain("<undefined>");
  }

  private static JsonNode result(PolicyInstance instance, String facts) {
    return JsonMapper.shared().readTree(instance.evaluate(BundleJudge.ENTRYPOINT, facts));
  }
}
