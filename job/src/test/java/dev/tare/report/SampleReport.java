package dev.tare.report;

import dev.tare.finding.Comparison;
import dev.tare.finding.PastRun;
import dev.tare.finding.RunSummary;
import dev.tare.testing.SampleRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the sample reports into a directory, to look at: {@code SampleReport DIRECTORY [IMAGES
 * [FORMAT...]]}.
 */
final class SampleReport {
  private SampleReport() {}

  /** Runs. */
  public static void main(String[] args) {
    Reports reports = new Reports();
    SampleRun run = args.length > 1 ? SampleRun.of(Integer.parseInt(args[1])) : SampleRun.small();
    reports.write(
        withPast(run),
        Path.of(args[0]),
        args.length > 2 ? List.of(args).subList(2, args.length) : reports.formats());
  }

  /** A run after a dozen others, the last of which knew nothing of a part of the images. */
  static ReportInput withPast(SampleRun run) {
    List<PastRun> history = new ArrayList<>();
    RunSummary now = run.summary();
    for (int ago = 11; ago >= 0; ago--) {
      int failing = Math.min(now.images() - now.compliant(), now.failing() + ago / 3);
      history.add(
          new PastRun(
              "run-" + ago,
              run.run().startedAt().minus(Duration.ofDays(ago)),
              new RunSummary(
                  now.repositories(),
                  now.images(),
                  now.images() - failing - now.unknown(),
                  failing,
                  now.unknown(),
                  now.notInspected(),
                  now.attached(),
                  now.layersUnique(),
                  now.layersFetched(),
                  now.bytesFetched(),
                  now.findings())));
    }
    return new ReportInput(run, since(run), history);
  }

  /** What the last of them did not know yet. */
  static Comparison since(SampleRun run) {
    return Comparison.of(run.earlier(image -> image.digest().hashCode() % 5 != 0), run);
  }
}
