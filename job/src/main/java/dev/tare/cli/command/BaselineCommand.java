package dev.tare.cli.command;

import dev.tare.baseline.Baseline;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.StateOptions;
import dev.tare.cli.option.Usage;
import dev.tare.cli.terminal.Counted;
import dev.tare.finding.RunResults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is known. */
@Command(
    name = "baseline",
    header = "Take the findings of a run as known: from then on only new ones fail.",
    description = {
      "Writes them to a file that people can review; scan and evaluate take it with --baseline. What is",
      "known already keeps its dates until they are over, and what is fixed is left out, so that the",
      "file shrinks. Notes, which make no image fail, are not in it, nor what somebody waived. No",
      "registry is asked."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare baseline",
      "  tare scan registry.example.com --baseline tare-baseline.yaml",
      "  tare baseline -o known.yaml --until 2027-06-30"
    })
final class BaselineCommand implements Callable<ExitStatus> {
  private static final int DAYS = 180;

  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "A run's identifier or its beginning. Default: the last scan.")
  private @Nullable String run;

  @Option(
      names = {"-o", "--baseline"},
      paramLabel = "FILE",
      defaultValue = "tare-baseline.yaml",
      description =
          "The file to write, which is brought up to date where it exists. Default: ${DEFAULT-VALUE}.")
  private Path output = Path.of("tare-baseline.yaml");

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description =
          "The last day on which new entries do not fail. Default: 180 days from the run.")
  private @Nullable LocalDate until;

  @Mixin private StateOptions state = new StateOptions();

  BaselineCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    Baseline earlier = Files.exists(output) ? Baseline.read(output) : Baseline.none();
    return context.withJobs(
        state,
        jobs -> {
          RunResults results = jobs.archive().results(run);
          LocalDate since = LocalDate.ofInstant(results.run().startedAt(), ZoneOffset.UTC);
          LocalDate last = until == null ? since.plusDays(DAYS) : until;
          if (last.isBefore(since)) {
            throw Usage.error(
                "--until " + last + ": the run is of " + since,
                "Name a day that is still to come.");
          }
          Baseline known = Baseline.of(results, earlier, since, last);
          known.write(output, since, last);
          if (!context.options().quiet) {
            int fixed = known.without(earlier);
            context
                .terminal()
                .out()
                .println(
                    output
                        + ": "
                        + Counted.of(known.size(), "finding")
                        + " known, "
                        + earlier.without(known)
                        + " of them new"
                        + (fixed > 0 ? "; " + fixed + " left out that the run does not have" : ""));
            context
                .terminal()
                .out()
                .println(
                    "From now on only new ones fail: "
                        + context.terminal().command()
                        + " scan TARGET --baseline "
                        + output);
          }
          return ExitStatus.OK;
        });
  }
}
