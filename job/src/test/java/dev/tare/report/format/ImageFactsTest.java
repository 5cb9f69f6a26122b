package dev.tare.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ImageFactsTest {
  @Test
  void zeroIsUnknownWhereTheFactHasAGapAndAnyOtherNumberStays() {
    ImageFacts facts =
        facts(
            "{'tools': [], 'leftovers': [{}], 'packages': {'count': 0}, 'size': {'wasted': 0},"
                + " 'gaps': [{'fact': 'packages'}, {'fact': 'tools'}, {'fact': 'leftovers'}]}");
    assertThat(facts.measuredNumber("packages.count")).isNull();
    assertThat(facts.count("tools")).isNull();
    assertThat(facts.count("leftovers")).isEqualTo(1);
    assertThat(facts.measuredNumber("size.wasted")).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({
    "packages, packages, false",
    "packages, packages.count, false",
    "base.os, base, false",
    "layers, tools, false",
    "layers, size.wasted, false",
    "layers, size.compressed, true",
    "tools, packages, true",
    "tool, tools, true"
  })
  void aGapConcernsItsFactItsPartsAndItsWhole(String gap, String fact, boolean whole) {
    assertThat(facts("{'gaps': [{'fact': '" + gap + "'}]}").whole(fact)).isEqualTo(whole);
  }

  @Test
  void whatIsMissingNullOrOfAnotherKindIsNull() {
    ImageFacts facts = facts("{'size': {'files': '12', 'wasted': null}, 'profile': 7}");
    assertThat(facts.number("size.files")).isNull();
    assertThat(facts.number("size.wasted")).isNull();
    assertThat(facts.number("size.compressed.deeper")).isNull();
    assertThat(facts.text("profile")).isNull();
    assertThat(facts.items("layers")).isEmpty();
    assertThat(facts.count("layers")).isNull();
  }

  private static ImageFacts facts(String json) {
    return new ImageFacts(JsonMapper.shared().readTree(json.replace('\'', '"')));
  }
}
