package dev.tare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.store.LayerStore;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  @Test
  void whatIsReadAgainIsSaidWithItsSizeAndReason() {
    assertThat(ProgressLine.readAgain(new LayerStore.Outdated(3, 120_000_000, Set.of("rpm"))))
        .isEqualTo("3 layers (120 MB) are read again: the reader of rpm changed");
    assertThat(ProgressLine.readAgain(new LayerStore.Outdated(1, 5_000, Set.of("rpm", "go"))))
        .isEqualTo("1 layer (5.00 kB) is read again: the readers of go, rpm changed");
  }
}
