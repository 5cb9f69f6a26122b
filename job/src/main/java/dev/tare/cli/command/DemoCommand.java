package dev.tare.cli.command;

import dev.tare.batch.Jobs;
import dev.tare.batch.JudgeRequest;
import dev.tare.batch.OutputRequest;
import dev.tare.batch.RunOutcome;
import dev.tare.batch.ScanRequest;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.ShellWord;
import dev.tare.cli.UsualDirectory;
import dev.tare.cli.option.BaseOptions;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.JobOptions;
import dev.tare.cli.option.JudgeOptions;
import dev.tare.cli.option.OutputOptions;
import dev.tare.cli.option.SelectionOptions;
import dev.tare.cli.option.VerdictOptions;
import dev.tare.cli.page.RunPage;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleFeed;
import dev.tare.demo.SampleImages;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.RunKind;
import dev.tare.registry.Target;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The job end to end, offline. */
@Command(
    name = "demo",
    header = "Scan sample images in a registry of its own: the job end to end, offline.",
    description = {
      "Starts a registry on a loopback port, pushes some sample images into it, scans it,",
      "writes reports and tickets, and stops the registry. All of it, what it remembers included,"
          + " is in one",
      "directory: tare-demo, or the one that --output names. Delete it to remove all of it.",
      "Packages are matched with a few advisories that are made up, unless --state names a state."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  tare demo", "  tare demo -o /tmp/demo && xdg-open /tmp/demo/index.html"})
final class DemoCommand implements Callable<ExitStatus> {
  /** One port, so that a second demo finds the names, and so the tickets, of the first one. */
  private static final int PORT = 45045;

  private final Context context;

  @Mixin private JudgeOptions judging = new JudgeOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private JobOptions job = new JobOptions();

  @Option(
      names = "--no-progress",
      negatable = true,
      fallbackValue = "true",
      description = "Show no progress.")
  private boolean noProgress;

  @Spec private CommandSpec spec = CommandSpec.create();

  DemoCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    JudgeRequest judge = judging.resolve(context.configuration());
    OutputRequest wanted = output.resolve(RunKind.DEMO, spec, context, job.connection.files);
    wanted.check(); // Before there is a state beside somebody else's reports.
    boolean ownState = !UsualDirectory.isNamed(spec, "--state");
    if (ownState) {
      job.state.state = state(wanted).toString();
    }
    try (LoopbackRegistry registry = LoopbackRegistry.inMemoryAt(PORT)) {
      push(registry);
      if (!context.options().quiet) {
        context
            .terminal()
            .err()
            .println("Scanning the sample images of a registry at " + registry.host() + ":\n");
      }
      scan(registry.host(), ownState, judge, wanted);
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT, "start the demo's registry: " + e.getMessage(), null, e);
    }
    if (ownState && !context.options().quiet) {
      printNext(wanted);
    }
    return ExitStatus.OK;
  }

  private void push(LoopbackRegistry registry) throws IOException {
    StopSignal.Registration interrupting =
        context.stop().onRaise(Thread.currentThread()::interrupt);
    try {
      SampleImages.of(registry.host(), InstantSource.system()).push();
    } finally {
      interrupting.close();
    }
  }

  private static Path state(OutputRequest output) {
    return output.directory().resolve("state");
  }

  /** Somebody's own state gets no advisories that are made up. */
  private void scan(String host, boolean ownState, JudgeRequest judge, OutputRequest wanted) {
    ScanRequest request =
        new ScanRequest(
            List.of(Target.parse(host)),
            List.of(),
            new SelectionOptions().filter(),
            true,
            new BaseOptions().catalogue(),
            null);
    context.withJobs(
        job,
        jobs -> {
          if (ownState) {
            readFeed(jobs, wanted.directory().resolve("feeds"));
          }
          RunOutcome result =
              context.withProgress(
                  noProgress, progress -> jobs.scan().run(request, judge, wanted, progress));
          return new RunPage(context, wanted).print(result, new VerdictOptions());
        });
  }

  private static void readFeed(Jobs jobs, Path directory) {
    try {
      SampleFeed.write(directory);
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT, "write the demo's feed: " + e.getMessage(), null, e);
    }
    jobs.feeds().update(directory.toString());
  }

  /** The registry is gone; these work on what is left. */
  private void printNext(OutputRequest wanted) {
    PrintWriter out = context.terminal().out();
    String tare = context.terminal().command();
    String state = " --state " + ShellWord.of(state(wanted).toString());
    String directory = ShellWord.of(wanted.directory().toString());
    out.println();
    out.println("What to try on it:");
    out.println("  " + tare + " runs" + state);
    out.println("  " + tare + " lineage base/debian:12" + state);
    out.println("  " + tare + " vulnerabilities status" + state);
    out.println("  " + tare + " report --format sarif,junit" + state + " -o " + directory);
    out.println("  " + tare + " evaluate --profile dev" + state);
  }
}
