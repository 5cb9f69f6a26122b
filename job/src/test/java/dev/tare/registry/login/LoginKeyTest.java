package dev.tare.registry.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginKeyTest {
  @ParameterizedTest
  @CsvSource({
    "r.test, r.test, true",
    "R.Test, r.test, true",
    "https://r.test/v1/, r.test, true",
    "http://r.test:5000, r.test:5000, true",
    "r.test/, r.test, true",
    "https://index.docker.io/v1/, docker.io, true",
    "registry-1.docker.io, docker.io, true",
    "r.test:5000, r.test, false",
    "r.test, other.r.test, false",
    "r.test/team, r.test, false",
    "*.test, r.test, true",
    "*.test, a.r.test, false",
    "*.r.test, a.r.test, true",
    "*.test, r.test:5000, false",
    "*.test:5000, r.test:5000, true",
    "r*.test, r1.test, true",
    "r*.test, r.a.test, false",
    "*-good.r.test, very-good.r.test, true",
    "r.*.test, r.a.test, true",
    "r.te*, r.test:5000, false",
    "*, r.test, false"
  })
  void keyMeansARegistry(String written, String registry, boolean means) {
    assertThat(LoginKey.of(written).matches(LoginKey.of(registry))).isEqualTo(means);
  }

  @Test
  void repositoryIsSoughtByItsNamespacesTheLongestFirst() {
    assertThat(LoginKey.of("r.test", "team/tools/app"))
        .extracting(LoginKey::toString)
        .containsExactly("r.test/team/tools/app", "r.test/team/tools", "r.test/team", "r.test");
    assertThat(LoginKey.of("r.test", null)).isEqualTo(List.of(LoginKey.of("r.test")));
  }
}
