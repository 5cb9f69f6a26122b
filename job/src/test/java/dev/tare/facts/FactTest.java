package dev.tare.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which facts there are: one list of names for Java, rules, page and the schema. */
class FactTest {
  private static final Path POLICIES = TestImages.repository().resolve("policies");
  private static final Path PAGE =
      TestImages.repository().resolve("job/src/main/resources/tare/report");
  private static final JsonNode SCHEMA = schema();
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  @Test
  void rulesTakeTheSameFactsForReadFromLayers() throws IOException {
    Set<String> rules = listed("read_from_layers");

    for (Fact fact : Fact.values()) {
      assertThat(rules.stream().anyMatch(part -> isWithin(fact.word(), part)))
          .as(fact.word())
          .isEqualTo(fact.isReadFromLayers());
    }
    assertThat(fromLayers()).containsAll(rules);
  }

  @Test
  void rulesTakeTheSameFactsForLists() throws IOException {
    assertThat(listed("lists")).isEqualTo(words(Arrays.stream(Fact.values()).filter(Fact::isList)));
  }

  @Test
  void rulesNeedOnlyPartsOfTheDocument() throws IOException {
    Set<String> needs = new TreeSet<>();
    try (Stream<Path> files = Files.walk(POLICIES.resolve("tare/rules"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".rego")).toList()) {
        Pattern.compile("needs := \\{([^}]*)\\}|facts\\.whole\\(([^)]*)\\)")
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> needs.addAll(quoted(found.group())));
      }
    }
    assertThat(needs)
        .contains("packages.count", "size.largestFiles")
        .allSatisfy(need -> assertThat(part(need).isObject()).isTrue());
  }

  @Test
  void pageAsksOnlyForFactsThatCanBeIncomplete() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (String script : new String[] {"data.js", "image.js", "images.js"}) {
      Pattern.compile("(?:incomplete\\.includes\\(|, image, )'([^']+)'\\)")
          .matcher(Files.readString(PAGE.resolve(script)))
          .results()
          .forEach(name -> asked.add(name.group(1)));
    }
    assertThat(asked).contains("base.os", "packages.count", "size.wasted");
    assertThat(fromLayers()).containsAll(asked);
  }

  @ParameterizedTest
  @EnumSource
  void everyFactIsAPartOfTheDocument(Fact fact) {
    assertThat(part(fact.word()).isObject()).isTrue();
    assertThat(part(fact.word()).path("type").asString("").equals("array"))
        .isEqualTo(fact.isList());
  }

  /** What the schema says of the part of this name, in a list of its elements. */
  private static JsonNode part(String word) {
    JsonNode part = SCHEMA;
    for (String name : word.split("\\.", -1)) {
      JsonNode elements = resolved(part.path("items"));
      part = resolved((part.has("items") ? elements : part).path("properties").path(name));
    }
    return part;
  }

  private static JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    return reference.isEmpty() ? schema : SCHEMA.at(reference.substring(1));
  }

  private static JsonNode schema() {
    try {
      return JsonMapper.shared()
          .readTree(Files.readString(POLICIES.resolve("schemas/image.schema.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The strings of this set of the library. */
  private static Set<String> listed(String set) throws IOException {
    Matcher list =
        Pattern.compile("\n" + set + " := \\{([^}]*)\\}")
            .matcher(Files.readString(POLICIES.resolve("tare/lib/facts/facts.rego")));
    assertThat(list.find()).isTrue();
    return quoted(list.group(1));
  }

  private static Set<String> quoted(String text) {
    return QUOTED
        .matcher(text)
        .results()
        .map(name -> name.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isWithin(String word, String part) {
    return word.equals(part) || word.startsWith(part + ".");
  }

  private static Set<String> fromLayers() {
    return words(Arrays.stream(Fact.values()).filter(Fact::isReadFromLayers));
  }

  private static Set<String> words(Stream<Fact> facts) {
    return facts.map(Fact::word).collect(Collectors.toCollection(TreeSet::new));
  }
}
