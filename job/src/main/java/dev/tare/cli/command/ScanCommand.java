package dev.tare.cli.command;

import dev.tare.batch.JudgeRequest;
import dev.tare.batch.OutputRequest;
import dev.tare.batch.RunOutcome;
import dev.tare.batch.ScanRequest;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.BaseOptions;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.DigestOptions;
import dev.tare.cli.option.JudgeOptions;
import dev.tare.cli.option.OutputOptions;
import dev.tare.cli.option.PushOptions;
import dev.tare.cli.option.ReadingOptions;
import dev.tare.cli.option.SaidOptions;
import dev.tare.cli.option.SelectionOptions;
import dev.tare.cli.option.TargetArguments;
import dev.tare.cli.option.Usage;
import dev.tare.cli.option.VerdictOptions;
import dev.tare.cli.option.VulnerabilityOptions;
import dev.tare.cli.page.RunPage;
import dev.tare.finding.RunKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The main job. */
@Command(
    name = "scan",
    header = "Enumerate, inspect, evaluate, report, ticket: the main job.",
    description = {
      "Inspects every image of the targets, judges it, and writes reports and tickets.",
      "Layers that an earlier scan has read are not fetched again; an interrupted scan resumes"
          + " where it stopped."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare scan registry.example.com",
      "  tare scan 'registry.example.com/team/*' --tags 3 --platform linux/amd64",
      "  tare scan alpine:3.20 ghcr.io/acme/app@sha256:…",
      "  tare scan oci:build/image docker-archive:app.tar.gz",
      "  tare scan docker-daemon:                    all images of this machine's Docker engine",
      "  tare scan k8s:prod/shop --tickets none",
      "  tare scan registry.example.com --push-metrics http://pushgateway:9091",
      "  tare scan k8s: --apply-policy-reports k8s:",
      "  tare scan registry.example.com --tickets gitea --tickets-project https://git.example.com/team/tickets",
      "  tare scan localhost:5000 --fail-on never --format json -o out",
      "  crane catalog registry.example.com | sed 's|^|registry.example.com/|' | tare scan -"
    })
final class ScanCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      arity = "0..*",
      paramLabel = "TARGET",
      description =
          "A registry (host[:port]), a repository or glob, an image, oci:DIR or"
              + " docker-archive:FILE, docker-daemon:[IMAGE] or podman:[IMAGE] for an engine of"
              + " this machine, k8s:[CONTEXT][/NAMESPACE] for what a cluster runs now, or - to read"
              + " targets from standard input. Default: targets of the configuration.")
  private List<String> targets = List.of();

  @Mixin private SelectionOptions selection = new SelectionOptions();
  @Mixin private JudgeOptions judging = new JudgeOptions();
  @Mixin private SaidOptions said = new SaidOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private PushOptions pushing = new PushOptions();
  @Mixin private DigestOptions digest = new DigestOptions();
  @Mixin private VerdictOptions verdict = new VerdictOptions();
  @Mixin private BaseOptions bases = new BaseOptions();
  @Mixin private VulnerabilityOptions vulnerabilities = new VulnerabilityOptions();
  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Option(
      names = "--fresh",
      negatable = true,
      fallbackValue = "true",
      description = "Start over, even if an interrupted scan could be resumed.")
  private boolean fresh;

  @Option(
      names = "--keep-runs",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "How many runs of the same targets are kept, this one among them; a finished scan deletes"
              + " older ones, as tare runs prune does. Evaluations are counted apart. Default:"
              + " ${DEFAULT-VALUE}.")
  private int keepRuns = 30;

  @Option(
      names = "--no-progress",
      negatable = true,
      fallbackValue = "true",
      description = "Show no progress.")
  private boolean noProgress;

  @Spec private CommandSpec spec = CommandSpec.create();

  ScanCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    if (keepRuns < 1) {
      throw Usage.error("--keep-runs " + keepRuns + ": expected 1 or more", null);
    }
    List<String> named = new ArrayList<>(targets);
    if (named.isEmpty()) {
      named.addAll(context.configuration().targets());
    }
    TargetArguments asked = TargetArguments.parse(named, System.in);
    ScanRequest request =
        new ScanRequest(
            asked.targets(),
            asked.clusters(),
            selection.filter(),
            fresh,
            bases.catalogue(),
            vulnerabilities.resolve());
    JudgeRequest judge = judging.resolve(context.configuration()).with(said.resolve());
    OutputRequest wanted =
        output.resolve(RunKind.SCAN, spec, context, reading.job.connection.files);
    PushOptions.Push push =
        pushing.resolve(
            context,
            reading.job.connection.files,
            digest.resolve(!output.isDryRun(), context, reading.job.connection.files));
    return context.withJobs(
        reading,
        jobs -> {
          RunOutcome result =
              context.withProgress(
                  noProgress, progress -> jobs.scan().run(request, judge, wanted, progress));
          ExitStatus status = new RunPage(context, wanted).print(result, verdict);
          jobs.retention().keepNewest(keepRuns, result.results().run().id());
          push.send(jobs, result.results().run().id());
          return status;
        });
  }
}
