package dev.tare.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which facts there are and which come from layers: one list for Java, Rego and the schema. */
class FactTest {
  private static final Path POLICIES = TestImages.repository().resolve("policies");
  private static final Path PAGE =
      TestImages.repository().resolve("job/src/main/resources/tare/report");

  @Test
  void rulesTakeTheSameFactsForReadFromLayers() throws IOException {
    String library = Files.readString(POLICIES.resolve("tare/lib/facts/facts.rego"));
    Matcher list = Pattern.compile("read_from_layers := \\{([^}]*)\\}").matcher(library);
    assertThat(list.find()).isTrue();
    Set<String> rules = new TreeSet<>();
    Pattern.compile("\"([^\"]+)\"")
        .matcher(list.group(1))
        .results()
        .forEach(name -> rules.add(name.group(1)));

    assertThat(fromLayers()).isEqualTo(rules);
  }

  @Test
  void pageAsksOnlyForFactsThatCanBeIncomplete() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (String script : new String[] {"data.js", "format.js", "image.js"}) {
      Pattern.compile("incomplete\\.includes\\('([^']+)'\\)")
          .matcher(Files.readString(PAGE.resolve(script)))
          .results()
          .forEach(name -> asked.add(name.group(1)));
    }
    assertThat(asked).isNotEmpty();
    assertThat(fromLayers()).containsAll(asked);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LAYER", "LANGUAGE_PACKAGES", "OWNED", "USED_BY_ENTRYPOINT"})
  void everyFactIsAPartOfTheDocument(Fact fact) throws IOException {
    JsonNode part =
        JsonMapper.shared()
            .readTree(Files.readString(POLICIES.resolve("schemas/image.schema.json")));
    for (String name : fact.word().split("\\.", -1)) {
      part = part.path("properties").path(name);
    }
    assertThat(part.isObject()).isTrue();
  }

  private static Set<String> fromLayers() {
    return Arrays.stream(Fact.values())
        .filter(Fact::isReadFromLayers)
        .map(Fact::word)
        .collect(Collectors.toSet());
  }
}
