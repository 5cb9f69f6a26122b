package dev.tare.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {
  /** Expected values by the rules of distribution/reference's ParseNormalizedNamed. */
  @ParameterizedTest
  @CsvSource({
    "alpine, docker.io/library/alpine:latest",
    "alpine:3.20, docker.io/library/alpine:3.20",
    "team/app, docker.io/team/app:latest",
    "index.docker.io/library/alpine:3.20, docker.io/library/alpine:3.20",
    "docker.io/alpine, docker.io/library/alpine:latest",
    "localhost/app:1, localhost/app:1",
    "localhost:5000/app, localhost:5000/app:latest",
    "registry.test/a/b:1@sha256:0000000000000000000000000000000000000000000000000000000000000000, registry.test/a/b:1"
  })
  void shortNamesAreNormalisedAsDockerDoes(String written, String expected) {
    assertThat(ImageName.normalise(written)).isEqualTo(expected);
  }

  @Test
  void nameWithDigestAndNoTagNeverMoves() {
    assertThat(ImageName.isByDigestOnly("localhost:5000/app@sha256:00")).isTrue();
    assertThat(ImageName.isByDigestOnly("localhost:5000/app:1@sha256:00")).isFalse();
    assertThat(ImageName.isByDigestOnly("localhost:5000/app:1")).isFalse();
  }
}
