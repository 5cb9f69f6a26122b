package dev.tare.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of distribution/reference, and what people write besides. */
class WrittenNameTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "alpine, -, alpine, -, -",
        "alpine:3.20, -, alpine, 3.20, -",
        "library/alpine, -, library/alpine, -, -",
        "localhost/app, localhost, app, -, -",
        "localhost:5000/team/app:1, localhost:5000, team/app, 1, -",
        "registry.example.com/app@sha256:0a, registry.example.com, app, -, sha256:0a",
        "registry.example.com/app:1@sha256:0a, registry.example.com, app, 1, sha256:0a",
        "[::1]:5000/app:1, [::1]:5000, app, 1, -",
        "oci:/srv/image:1, oci:, srv/image, 1, -",
        "app:, -, app, '', -",
        "app@, -, app, -, ''"
      })
  void isTakenApartAsDockerDoes(
      String name,
      @Nullable String registry,
      String path,
      @Nullable String tag,
      @Nullable String digest) {
    assertThat(WrittenName.of(name)).isEqualTo(new WrittenName(registry, path, tag, digest));
  }

  @ParameterizedTest
  @CsvSource({"registry/policies/acme:1, registry", "localhost:5000/app, localhost:5000"})
  void registryMayLookLikeAnything(String name, String registry) {
    assertThat(WrittenName.full(name).registry()).isEqualTo(registry);
  }
}
