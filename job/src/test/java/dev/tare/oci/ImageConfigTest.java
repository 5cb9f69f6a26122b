package dev.tare.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageConfigTest {
  @Test
  void timeOfCreationIsRead() {
    assertThat(created("2026-11-01T12:00:00.5+01:00"))
        .isEqualTo(Instant.parse("2026-11-01T11:00:00.5Z"));
    assertThat(created("1970-01-01T00:00:00Z")).isEqualTo(Instant.EPOCH);
  }

  /** What umoci writes into the config of an image that it was told no time for. */
  @Test
  void zeroOfGoIsNoTime() {
    assertThat(created("0001-01-01T00:00:00Z")).isNull();
    assertThat(created("yesterday")).isNull();
  }

  private static @Nullable Instant created(String text) {
    return ImageConfig.parse(
            ("{\"created\": \"" + text + "\", \"os\": \"linux\"}").getBytes(StandardCharsets.UTF_8))
        .created();
  }
}
