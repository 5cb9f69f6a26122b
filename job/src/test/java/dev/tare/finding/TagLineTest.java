package dev.tare.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.ticket.TicketKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagLineTest {
  @ParameterizedTest
  @CsvSource({
    "1.2.3, *",
    "1, *",
    "v2, v*",
    "v1.2.3, v*",
    "V10, V*",
    "1.2-alpine3.18, *-alpine*",
    "1.2.3-4, *",
    "1.2.3_4, *",
    "1.2.3-rc1, *-rc*",
    "1.2.3-rc.1, *-rc.*",
    "1.2rc1, *rc*",
    "8u392-b08-jdk, *u*-b*-jdk",
    "2024-05-01, *",
    "20240501, *",
    "2024-05-01T03-04-05Z, *T*Z",
    "main-3f2a9c1, main-*",
    "3f2a9c1, *",
    "v1.2-14-g3f2a9c1, v*",
    "sha-3f2a9c1d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b, sha-*",
    "main-550e8400-e29b-41d4-a716-446655440000, main-*",
    "build-01ARZ3NDEKTSV4RRFFQ69G5FAV, build-*",
    "20240101T120000Z, *",
    "pr-123, pr-*",
    "1.2-amd64, *-amd64",
    "1.2-arm64v8, *-arm64v8",
    "1.2-arm32v7, *-arm32v7",
    "linux_x86_64-1.2, linux_x86_64-*",
    "3.12-slim-bookworm, *-slim-bookworm",
    "node18-e2e, node*-e2e",
    "k8s-1.29, k8s-*",
    "latest, latest",
    "stable-alpine, stable-alpine",
    "nightly, nightly",
    "facade, facade",
    "1.x, *.x",
    "a--b, a--b",
    "1-, *-",
    "_1, _*"
  })
  void whatDiffersByBuildBecomesAStar(String tag, String line) {
    assertThat(TagLine.of(tag).text()).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, 1.3.0",
    "1.2.3, 10.20",
    "main-3f2a9c1, main-1234567",
    "main-3f2a9c1, main-a0b1c2d3e4f5",
    "v1.2, v1.2-14-g3f2a9c1",
    "1.2.3-20240101, 1.2.4-20250607.1",
    "1.2-alpine3.18, 1.3-alpine3.20.1",
    "pr-9-e2e, pr-1000-e2e",
    "build-385, build-386",
    "2024-05-01, 20240501",
  })
  void buildsOfTheSameThingAreOneLine(String one, String other) {
    assertThat(TagLine.of(one)).isEqualTo(TagLine.of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, v1.2.3",
    "1.2, 1.2-alpine",
    "1.2-alpine3.18, 1.2-slim",
    "1.2-arm32v7, 1.2-arm64v8",
    "1.2-amd64, 1.2-arm64",
    "latest, Latest",
    "main-3f2a9c1, develop-3f2a9c1",
    "1.3.0, 1.3.0-rc1",
  })
  void differentThingsAreDifferentLines(String one, String other) {
    assertThat(TagLine.of(one)).isNotEqualTo(TagLine.of(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "v1.2.3", "1.2-alpine3.18", "main-3f2a9c1", "_1-..2--"})
  void lineOfALineIsTheLine(String tag) {
    TagLine line = TagLine.of(tag);

    assertThat(TagLine.of(line.text())).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({
    "latest;1.2.3, 1.2.3",
    "latest;1.2.3;1.2;1, 1.2.3",
    "1;1.2;1.2-alpine3.18;alpine, 1.2-alpine3.18",
    "latest;main-3f2a9c1, main-3f2a9c1",
    "main-3f2a9c1;1.2, 1.2",
    "main-1234567;1.2, 1.2",
    "20240501;1.2, 1.2",
    "20240501;nightly, 20240501",
    "stable;latest, latest",
    "latest;stable-alpine, stable-alpine"
  })
  void imageBelongsToItsMostSpecificTag(String tags, String expected) {
    List<String> list = List.of(tags.split(";"));

    assertThat(TagLine.mostSpecific(list)).isEqualTo(expected);
    assertThat(TagLine.mostSpecific(list.reversed())).isEqualTo(expected);
    assertThat(TagLine.of(list)).isEqualTo(TagLine.of(expected));
  }

  @Test
  void nextBuildTaggedTheSameWayIsOfTheSameLine() {
    assertThat(TagLine.of(List.of("latest", "9", "9.9", "9.9.9", "main-1234567")))
        .isEqualTo(TagLine.of(List.of("10", "10.0", "10.0.0", "latest", "main-abcdef1")));
  }

  @Test
  void imagesWithoutTagAreALineOfTheirOwn() {
    assertThat(TagLine.of(List.of())).isEqualTo(TagLine.UNTAGGED).hasToString("untagged");
    assertThat(TagLine.of("untagged")).isNotEqualTo(TagLine.UNTAGGED);
    assertThat(new TicketKey("r", "a", TagLine.of("untagged")).toString())
        .isNotEqualTo(new TicketKey("r", "a", TagLine.UNTAGGED).toString());
  }

  @Test
  void thereIsNoMostSpecificOfNoTags() {
    assertThatThrownBy(() -> TagLine.mostSpecific(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
