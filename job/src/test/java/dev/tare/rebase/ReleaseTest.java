package dev.tare.rebase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.facts.StoredFacts;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Within which releases a package has one line of versions, and a program finds its glibc. */
class ReleaseTest {
  @ParameterizedTest
  @CsvSource({
    "alpine, 3.18.1, alpine, 3.18.9, true",
    "alpine, 3.18.1, alpine, 3.20.0, false",
    "alpine, 3.21_alpha20240807, alpine, 3.21.0, false",
    "debian, 12, debian, 12, true",
    "debian, 11, debian, 12, false",
    "debian, 12, ubuntu, 12, false",
    "ubuntu, 22.04, ubuntu, 22.10, false",
    "almalinux, 9.3, almalinux, 9.4, true",
    "fedora, 40, fedora, 41, false",
    "wolfi, 20230201, wolfi, 20240101, true"
  })
  void releasesAreTheSameWithinADistributionsLine(
      String one, String version, String other, String otherVersion, boolean same) {
    assertThat(release(one, version).isSame(release(other, otherVersion))).isEqualTo(same);
  }

  @Test
  void whatHasNoNameIsOfNoCommonRelease() {
    Release none = Release.of(facts("{}"));

    assertThat(none.isSame(none)).isFalse();
  }

  @Test
  void olderGlibcIsKnownByItsPackage() {
    GlibcVersion old = glibc("libc6", "2.9-13+deb11u5");
    GlibcVersion now = glibc("glibc", "2:2.36-9");

    assertThat(old.isOlderThan(now)).isTrue();
    assertThat(now.isOlderThan(now)).isFalse();
    assertThat(now).hasToString("2.36");
    assertThat(
            GlibcVersion.of(facts("{'packages': {'items': [{'name': 'musl', 'version': '1.2'}]}}")))
        .isNull();
  }

  private static GlibcVersion glibc(String name, String version) {
    return Objects.requireNonNull(
        GlibcVersion.of(
            facts(
                "{'packages': {'items': [{'name': '%s', 'version': '%s'}]}}"
                    .formatted(name, version))));
  }

  private static Release release(String id, String version) {
    return Release.of(
        facts("{'base': {'os': {'id': '%s', 'versionId': '%s'}}}".formatted(id, version)));
  }

  private static StoredFacts facts(String json) {
    return StoredFacts.of(JsonMapper.shared().readTree(json.replace('\'', '"')));
  }
}
