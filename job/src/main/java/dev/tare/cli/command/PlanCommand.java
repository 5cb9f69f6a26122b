package dev.tare.cli.command;

import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.SharedFormat;
import dev.tare.cli.option.StateOptions;
import dev.tare.cli.option.Usage;
import dev.tare.cli.page.PlanPage;
import dev.tare.finding.RunResults;
import dev.tare.plan.OwnPart;
import dev.tare.plan.Plan;
import dev.tare.report.PlanReport;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to do first. */
@Command(
    name = "plan",
    header = "Show what to do first: the few actions that end most findings.",
    description = {
      "Merges the findings of a run over images and bases to actions, in the order in which each ends",
      "most of what the ones before it leave. What is not known is never counted as ended. No registry",
      "is asked. docs/plan.md says how it counts."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare plan",
      "  tare plan -n 20",
      "  tare plan --own",
      "  tare plan 20261121-020000 --format markdown > plan.md",
      "  tare plan --format json | jq '.actions[] | {title, ends}'"
    })
final class PlanCommand implements Callable<ExitStatus> {
  private static final int FIRST = 5;

  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "A run's identifier or its beginning. Default: the last scan.")
  private @Nullable String run;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "How many actions. Default: 5; with --format json all.")
  private @Nullable Integer most;

  @Option(
      names = "--own",
      negatable = true,
      fallbackValue = "true",
      description =
          "Of the images' own part: what a base brings counts once, at the base, if the run judged"
              + " it.")
  private boolean own;

  @Mixin private SharedFormat format = new SharedFormat();
  @Mixin private StateOptions state = new StateOptions();

  PlanCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    if (most != null && most < 1) {
      throw Usage.error("-n " + most + ": expected 1 or more", null);
    }
    return context.withJobs(
        state,
        jobs -> {
          RunResults whole = jobs.archive().results(run);
          RunResults told = own ? OwnPart.of(whole) : whole;
          String id = whole.run().id();
          Plan plan = jobs.archive().plan(told);
          switch (format.kind()) {
            case table ->
                new PlanPage(context).print(plan, told.own(), most == null ? FIRST : most);
            case json ->
                context
                    .terminal()
                    .out()
                    .println(
                        PlanReport.json(
                            id, plan, told.own(), most == null ? Integer.MAX_VALUE : most));
            case markdown ->
                context
                    .terminal()
                    .out()
                    .println(
                        PlanReport.markdown(id, plan, told.own(), most == null ? FIRST : most)
                            .stripTrailing());
          }
          return ExitStatus.OK;
        });
  }
}
