package dev.tare.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.cli.ExitStatus;
import dev.tare.finding.OwnReading;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictOptionsTest {
  private static final OwnReading UNKNOWN =
      new OwnReading(List.of(), Map.of(Severity.MEDIUM, 2), 1);

  private final VerdictOptions options = new VerdictOptions();

  private ExitStatus status(
      VerdictOptions.FailOn failOn,
      int images,
      int attached,
      Map<Severity, Integer> findings,
      @Nullable OwnReading own) {
    options.failOn = failOn;
    return options.status(
        new RunSummary(1, images, 0, images, 0, 0, attached, 1, 1, 1, findings, null, null), own);
  }

  /** Whose it is may be the image's: that is no success. */
  @Test
  void findingOfUnknownOriginIsNoSuccessAndNoFinding() {
    assertThat(status(VerdictOptions.FailOn.low, 1, 0, Map.of(), UNKNOWN))
        .isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(status(VerdictOptions.FailOn.medium, 1, 0, Map.of(), UNKNOWN))
        .isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(status(VerdictOptions.FailOn.high, 1, 0, Map.of(), UNKNOWN))
        .isEqualTo(ExitStatus.OK);
    assertThat(status(VerdictOptions.FailOn.never, 1, 0, Map.of(), UNKNOWN))
        .isEqualTo(ExitStatus.OK);
    assertThat(status(VerdictOptions.FailOn.low, 1, 0, Map.of(Severity.LOW, 1), UNKNOWN))
        .isEqualTo(ExitStatus.FINDINGS);
    assertThat(status(VerdictOptions.FailOn.low, 1, 0, Map.of(), null)).isEqualTo(ExitStatus.OK);
  }

  /** Signatures and charts are no images. */
  @Test
  void runThatJudgedNoImageIsNoSuccess() {
    assertThat(status(VerdictOptions.FailOn.low, 0, 3, Map.of(), null))
        .isEqualTo(ExitStatus.INCOMPLETE);
  }
}
