package dev.tare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.batch.Progress.Phase;
import dev.tare.batch.Progress.Snapshot;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.ProgressLine;
import dev.tare.text.Bytes;
import dev.tare.text.Nearest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words that commands say to people. */
class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.00 kB",
    "7434567, 7.43 MB",
    "9994999, 9.99 MB",
    "9995000, 10.0 MB",
    "99949999, 99.9 MB",
    "99950000, 100 MB",
    "999499999, 999 MB",
    "999500000, 1.00 GB",
    "1500000000000, 1.50 TB",
    "9223372036854775807, 9223 PB"
  })
  void sizesHaveThreeDigits(long bytes, String words) {
    assertThat(Bytes.humanised(bytes)).isEqualTo(words);
  }

  @Test
  void nearestWordsComeFirst() {
    List<String> known = List.of("fail-on", "format", "formats", "platform", "output");
    assertThat(Nearest.to("formt", known)).startsWith("format").contains("formats");
    assertThat(Nearest.to("fial-on", known)).containsExactly("fail-on");
    assertThat(Nearest.to("zzz", known)).isEmpty();
    assertThat(Nearest.to("format", known)).startsWith("format");
  }

  @Test
  void shortWordsAreNotMistakenForAnything() {
    assertThat(Nearest.to("x", List.of("a", "b"))).isEmpty();
  }

  @Test
  void textFromOutsideStaysOnOneLineAndSendsNothingToTheTerminal() {
    assertThat(OneLine.of("a\nb\tc")).isEqualTo("a b c");
    assertThat(OneLine.of("\u001b[2Jgone\u0007\r")).isEqualTo("\\u001b[2Jgone\\u0007\\u000d");
    assertThat(OneLine.of("user\u202egnp.exe")).isEqualTo("user\\u202egnp.exe");
    assertThat(OneLine.of("größe 🐳")).isEqualTo("größe 🐳");
  }

  @Test
  void countedNounsAgree() {
    assertThat(Counted.of(1, "image")).isEqualTo("1 image");
    assertThat(Counted.of(0, "image")).isEqualTo("0 images");
    assertThat(Counted.of(2, "repository", "repositories")).isEqualTo("2 repositories");
  }

  private static String progress(Snapshot snapshot, long elapsed, long fetching) {
    return progress(snapshot, elapsed, fetching, 200);
  }

  private static String progress(Snapshot snapshot, long elapsed, long fetching, int width) {
    return ProgressLine.text(
        snapshot, TimeUnit.SECONDS.toNanos(elapsed), TimeUnit.SECONDS.toNanos(fetching), width);
  }

  @Test
  void progressThatDoesNotFitSparesTheRateFirstAndTheTimeLeftNever() {
    Snapshot reading = new Snapshot(Phase.SCAN_LAYERS, 4, 12, 0, 5, 67, 102_000_000, 232_000_000);
    assertThat(progress(reading, 62, 49, 79))
        .isEqualTo("reading layers  5/67  102 MB of 232 MB  about 1 min 2 s left  1 min 2 s");
    assertThat(progress(reading, 62, 49, 70))
        .isEqualTo("reading layers  5/67  102 MB of 232 MB  about 1 min 2 s left");
  }

  @Test
  void progressSaysWhatIsDoneAndWhatIsLeft() {
    assertThat(progress(new Snapshot(Phase.ENUMERATE, 1, 12, 0, 1, -1, 0, 0), 3, 0))
        .isEqualTo("listing  1 repository, 12 images  3 s");
    assertThat(
            progress(
                new Snapshot(Phase.SCAN_LAYERS, 4, 12, 2, 5, 20, 50_000_000, 150_000_000), 75, 10))
        .isEqualTo(
            "reading layers  5/20  50.0 MB of 150 MB  5.00 MB/s  about 20 s left  2 problems  1 min"
                + " 15 s");
    assertThat(progress(new Snapshot(Phase.DESCRIBE, 4, 12, 1, 3, 12, 0, 0), 3_700, 0))
        .isEqualTo("describing  3/12  1 problem  1 h 1 min");
    assertThat(progress(new Snapshot(Phase.FEEDS, 4, 12, 0, 2, 5, 3_000_000, 0), 80, 4))
        .isEqualTo("fetching feeds  2/5  3.00 MB  1 min 20 s");
    assertThat(progress(new Snapshot(Phase.REPORT, 4, 400, 0, 100, 400, 0, 0), 30, 10))
        .isEqualTo("writing reports  100/400  about 30 s left  30 s");
  }

  @Test
  void progressPromisesNothingBeforeItKnowsTheRate() {
    assertThat(progress(new Snapshot(Phase.SCAN_LAYERS, 4, 12, 0, 0, 20, 0, 1_000), 5, 3))
        .isEqualTo("reading layers  0/20  0 B of 1.00 kB  5 s");
  }
}
