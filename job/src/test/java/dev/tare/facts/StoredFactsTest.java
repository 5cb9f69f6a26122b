package dev.tare.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tare.oci.Digest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class StoredFactsTest {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  @Test
  void whatStandsThereIsRead() {
    StoredFacts facts =
        facts(
            "{'profile': 'prod', 'layerCount': 2,"
                + " 'image': {'registry': 'r', 'tags': ['1', '2'], 'digest': '"
                + DIGEST
                + "', 'platform': {'os': 'linux'}, 'ageDays': 3, 'labels': {'a': 'b'},"
                + " 'config': {'env': [{'name': 'PATH', 'value': '/'}], 'healthcheck': []},"
                + " 'history': [{'createdBy': 'RUN x'}, {'createdBy': null}]},"
                + " 'base': {'class': 'slim', 'os': {'id': 'debian'}, 'boundaries': [0, 3],"
                + " 'lineage': [{'reference': 'debian:12', 'layers': 1, 'confidence': 1,"
                + " 'evidence': ['layers'], 'tie': true}], 'outdated': {'known': true}},"
                + " 'size': {'compressed': 5000000000, 'efficiency': 0.5},"
                + " 'packages': {'items': [{'type': 'deb', 'inBase': false}]},"
                + " 'secrets': [{'kind': 'private-key', 'layer': 0, 'hidden': true}]}");

    assertThat(facts.profile()).isEqualTo("prod");
    assertThat(facts.layerCount()).isEqualTo(2);
    Image image = facts.image();
    assertThat(image.registry()).isEqualTo("r");
    assertThat(image.tags()).containsExactly("1", "2");
    assertThat(image.digest()).isEqualTo(Digest.parse(DIGEST));
    assertThat(image.os()).isEqualTo("linux");
    assertThat(image.ageDays()).isEqualTo(3);
    assertThat(image.labels()).isEqualTo(Map.of("a", "b"));
    assertThat(image.config().env()).containsExactly("PATH");
    assertThat(image.config().healthcheck()).isEmpty();
    assertThat(image.steps()).containsExactly("RUN x", "");
    Base base = facts.base();
    assertThat(base.kind()).isEqualTo("slim");
    assertThat(base.os()).isEqualTo(new Base.OperatingSystem("debian", null, null, null));
    assertThat(base.boundaries()).containsExactly(0, 3);
    assertThat(base.lineage())
        .containsExactly(
            new Base.Ancestor("debian:12", null, 1, List.of("layers"), 1.0, Boolean.TRUE));
    assertThat(base.outdated().known()).isTrue();
    assertThat(facts.size().compressed()).isEqualTo(5_000_000_000L);
    assertThat(facts.size().efficiency()).isEqualTo(0.5);
    assertThat(facts.packageItems())
        .containsExactly(
            new Packages.Item("deb", null, null, null, null, null, Boolean.FALSE, List.of(), null));
    assertThat(facts.secrets()).containsExactly(new Secret("private-key", null, 0, Boolean.TRUE));
  }

  /** Every part of a document in which every property has this value. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "'x'", "[]", "[null]", "[['x']]", "[{}]", "1.5"})
  void whatIsOfAnotherTypeIsUnknownAndNoError(String value) {
    JsonNode wrong = json(value);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    for (String name :
        List.of(
                "image size layers layerCount base tools hiddenTools packages leftovers privileged"
                    .split(" "),
                "worldWritable accounts services state secrets provenance gaps profile".split(" "))
            .stream()
            .flatMap(Stream::of)
            .toList()) {
      document.set(name, wrong);
    }
    for (JsonNode each : List.of(document, wrong)) {
      assertThatCode(() -> assertThat(told(StoredFacts.of(each))).isSubsetOf("x"))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void numberTruthOrTextOfAnotherTypeIsUnknown() {
    StoredFacts facts =
        facts(
            "{'profile': 7, 'layerCount': 2.5,"
                + " 'image': {'digest': 'sha256:short', 'tags': 'latest', 'labels': {'a': 1}},"
                + " 'size': {'files': '12', 'wasted': null, 'compressed': 1e99},"
                + " 'layers': [{'inBase': 'true', 'index': 99999999999}],"
                + " 'accounts': {'userResolves': 0}}");
    assertThat(facts.profile()).isNull();
    assertThat(facts.layerCount()).isNull();
    assertThat(facts.image().digest()).isNull();
    assertThat(facts.image().tags()).isEmpty();
    assertThat(facts.image().labels()).isEmpty();
    assertThat(facts.size().files()).isNull();
    assertThat(facts.size().wasted()).isNull();
    assertThat(facts.size().compressed()).isNull();
    assertThat(facts.layers())
        .containsExactly(new Layer(null, null, null, null, null, null, null, null, null));
    assertThat(facts.accounts().userResolves()).isNull();
  }

  @Test
  void zeroIsUnknownWhereTheFactHasAGapAndAnyOtherNumberStays() {
    StoredFacts facts =
        facts(
            "{'tools': [], 'leftovers': [{}], 'hiddenTools': [],"
                + " 'gaps': [{'fact': 'packages'}, {'fact': 'tools'}, {'fact': 'leftovers'}]}");
    assertThat(facts.measured(Fact.PACKAGES, 0)).isNull();
    assertThat(facts.measured(Fact.PACKAGES, 3)).isEqualTo(3);
    assertThat(facts.measured(Fact.SIZE_WASTED, 0L)).isZero();
    assertThat(facts.count(Fact.TOOLS)).isNull();
    assertThat(facts.count(Fact.LEFTOVERS)).isEqualTo(1);
    assertThat(facts.count(Fact.HIDDEN_TOOLS)).isZero();
    assertThat(facts("{}").count(Fact.HIDDEN_TOOLS)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "packages, PACKAGES, false",
    "packages.count, PACKAGES, false",
    "packages.items, PACKAGES, false",
    "packages.items, PACKAGES_COUNT, true",
    "tools.owned, TOOLS, true",
    "tools.owned, TOOLS_OWNED, false",
    "tools, TOOLS_OWNED, false",
    "layers.files, LAYERS, true",
    "layers.files, TOOLS, true",
    "layers, TOOLS_OWNED, false",
    "base, BASE_OS, false",
    "layers, TOOLS, false",
    "layers, BASE_OS, false",
    "layers, SECRETS, false",
    "layers, SIZE_WASTED, false",
    "layers, SIZE_EXCLUSIVE, true",
    "layers, PROVENANCE, true",
    "tools, PACKAGES, true",
    "tool, TOOLS, true"
  })
  void aGapConcernsItsFactItsPartsAndItsWholeButNoList(String gap, Fact fact, boolean whole) {
    assertThat(facts("{'gaps': [{'fact': '" + gap + "'}]}").isWhole(fact)).isEqualTo(whole);
  }

  @Test
  void factsWithAGapAreNamedOnce() {
    assertThat(
            facts("{'gaps': [{'fact': 'tools'}, {'fact': 7}, {}, {'fact': 'tools'}]}").gapNames())
        .containsExactly("tools");
  }

  /** All values that a reader hands out, down to the last record. */
  private static List<Object> told(StoredFacts facts) {
    List<Object> told = new ArrayList<>();
    for (Method part : StoredFacts.class.getDeclaredMethods()) {
      if (Modifier.isPublic(part.getModifiers())
          && !Modifier.isStatic(part.getModifiers())
          && part.getParameterCount() == 0) {
        collect(value(part, facts), told);
      }
    }
    return told;
  }

  private static void collect(@Nullable Object value, List<Object> told) {
    if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        collect(value(component.getAccessor(), record), told);
      }
    } else if (value instanceof Collection<?> all) {
      all.forEach(one -> collect(one, told));
    } else if (value != null && !value.equals("") && !value.equals(Map.of())) {
      told.add(value);
    }
  }

  private static @Nullable Object value(Method accessor, Object of) {
    try {
      return accessor.invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError(accessor + " of " + of, e);
    }
  }

  private static StoredFacts facts(String json) {
    return StoredFacts.of(json(json));
  }

  private static JsonNode json(String json) {
    return JsonMapper.shared().readTree(json.replace('\'', '"'));
  }
}
