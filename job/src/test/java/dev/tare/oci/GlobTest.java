package dev.tare.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "TARE-TOOL-*, TARE-TOOL-011, true",
    "TARE-TOOL-*, TARE-SIZE-001, false",
    "TARE-TOOL-00?, TARE-TOOL-004, true",
    "TARE-TOOL-00?, TARE-TOOL-0004, false",
    "team/*:1.*, team/app:1.2, true",
    "team/*:1.*, team/web/app:1.2, false",
    "**/app, app, true",
    "team/**/app, team/app, true",
    "team/**/app, team/a/b/app, true",
    "team/**/app, team/myapp, false",
    "team/a**, team/app/web, true",
    "team/a?p, team/a/p, false",
    "a+(b), a+(b), true",
    "a.c, abc, false"
  })
  void matches(String glob, String name, boolean expected) {
    assertThat(Glob.of(glob).matches(name)).isEqualTo(expected);
  }

  @Test
  void repositoryMayBeNamedWithItsRegistryOrWithout() {
    String registry = "registry.example.com:5000";
    for (String glob : new String[] {"team/*", "registry.example.com:5000/team/*", "**/app"}) {
      assertThat(Glob.of(glob).matchesRepository(registry, "team/app")).as(glob).isTrue();
    }
    assertThat(Glob.of("other.example.com/team/*").matchesRepository(registry, "team/app"))
        .isFalse();
  }
}
