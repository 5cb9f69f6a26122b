package dev.tare.cli.command;

import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.StateOptions;
import dev.tare.cli.option.Usage;
import dev.tare.cli.terminal.Counted;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Retention. */
@Command(
    name = "prune",
    header =
        "Delete all but the newest runs of each target; scans and evaluations count separately.",
    description = {
      "Deletes their facts, outcomes and trends. What was read from layers, and the names of images, stay for 90 days after the",
      "last run that had them, so that no layer is fetched again and what is built on them is recognised. Tickets stay as they",
      "are. A scan does the same for its own targets, see --keep-runs there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare runs prune --keep 30             a month of nightly runs",
      "  tare runs prune --keep 30 --dry-run"
    })
final class RunsPruneCommand implements Callable<ExitStatus> {
  private final Context context;

  @Mixin private StateOptions state = new StateOptions();

  @Option(
      names = "--keep",
      paramLabel = "N",
      required = true,
      description =
          "How many runs of the same targets are kept. Unfinished ones are never deleted.")
  private int keep;

  @Option(
      names = "--dry-run",
      negatable = true,
      fallbackValue = "true",
      description = "Show which runs would be deleted, and delete none.")
  private boolean dryRun;

  RunsPruneCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    if (keep < 1) {
      throw Usage.error("--keep " + keep + ": expected 1 or more", null);
    }
    List<String> gone = context.withJobs(state, jobs -> jobs.retention().prune(keep, dryRun));
    if (!context.options().quiet) {
      context
          .terminal()
          .out()
          .println((dryRun ? "Would delete " : "Deleted ") + Counted.of(gone.size(), "run"));
      gone.forEach(run -> context.terminal().out().println("  " + run));
    }
    return ExitStatus.OK;
  }
}
