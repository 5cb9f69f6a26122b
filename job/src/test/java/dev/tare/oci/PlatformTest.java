package dev.tare.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
  /** The pairs of containerd's own database_test.go, and those of Docker's documentation. */
  @ParameterizedTest
  @CsvSource({
    "linux/x86_64, linux/amd64",
    "linux/x86-64, linux/amd64",
    "linux/amd64/v1, linux/amd64",
    "linux/amd64/v2, linux/amd64/v2",
    "linux/i386, linux/386",
    "Linux/AARCH64, linux/arm64",
    "linux/arm64/v8, linux/arm64",
    "linux/arm64/8, linux/arm64",
    "linux/arm64/v9, linux/arm64/v9",
    "linux/arm, linux/arm/v7",
    "linux/arm/7, linux/arm/v7",
    "linux/armhf, linux/arm/v7",
    "linux/armel, linux/arm/v6",
    "linux/arm/5, linux/arm/v5",
    "macos/arm64, darwin/arm64",
    "linux/ppc64le, linux/ppc64le",
  })
  void platformsAreNormalisedAsContainerdDoes(String written, String normalised) {
    assertThat(Platform.parse(written).normalised()).hasToString(normalised);
  }

  @ParameterizedTest
  @CsvSource({
    "linux/arm64, linux/arm64/v8, true",
    "linux/arm64/v8, linux/arm64, true",
    "linux/amd64, linux/x86_64, true",
    "linux/x86_64, linux/amd64, true",
    "linux/aarch64, linux/arm64/v8, true",
    "linux/arm, linux/arm/v6, true",
    "linux/arm/v7, linux/arm, true",
    "linux/arm/v6, linux/arm/v7, false",
    "linux/amd64/v2, linux/amd64, false",
    "linux/amd64, linux/arm64, false",
    "windows/amd64, linux/amd64, false",
  })
  void onePlatformAcceptsAnotherHoweverTheyAreWritten(String one, String other, boolean accepted) {
    assertThat(Platform.parse(one).accepts(Platform.parse(other))).isEqualTo(accepted);
  }
}
