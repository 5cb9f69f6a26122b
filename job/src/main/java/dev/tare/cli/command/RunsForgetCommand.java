package dev.tare.cli.command;

import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.StateOptions;
import dev.tare.cli.option.Usage;
import dev.tare.cli.terminal.Counted;
import dev.tare.registry.Target;
import dev.tare.store.RepositoryForgetter.Known;
import dev.tare.text.Nearest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A repository that is to be known no more. */
@Command(
    name = "forget",
    header = "Remove a repository from all runs.",
    description = {
      "Its images, tags and findings are removed, and what was read of layers that no other repository has. Other repositories with",
      "the same images keep theirs. The numbers of the runs are added up again without it; written reports and tickets, and what is",
      "noted about them, stay as they are. A later scan of the repository starts from nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare runs forget registry.example.com/team/app --dry-run",
      "  tare runs forget registry.example.com/team/app"
    })
final class RunsForgetCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      paramLabel = "REPOSITORY",
      description = "A repository with its registry: registry.example.com/team/app.")
  private String repository = "";

  @Mixin private StateOptions state = new StateOptions();

  @Option(
      names = "--dry-run",
      negatable = true,
      fallbackValue = "true",
      description = "Say what would be removed, and remove nothing.")
  private boolean dryRun;

  RunsForgetCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    context.withJobs(
        state,
        jobs -> {
          String name = known(jobs.retention().repositories());
          Known known = jobs.retention().known(name);
          say((dryRun ? "Would remove " : "Removing ") + name + ": " + words(known));
          if (!dryRun) {
            jobs.retention().forget(name);
            say("Removed " + name);
          }
          return name;
        });
    return ExitStatus.OK;
  }

  private String known(List<String> repositories) {
    if (repositories.contains(repository)) {
      return repository;
    }
    String meant =
        Target.parse(repository) instanceof Target.Repository target
            ? target.registry() + "/" + target.repository()
            : repository;
    if (repositories.contains(meant)) {
      return meant;
    }
    List<String> near = Nearest.to(repository, repositories);
    throw Usage.error(
        "repository \"" + repository + "\": the state knows none of this name",
        near.isEmpty()
            ? "Name it with its registry, as tare lineage and reports do: registry.example.com/team/app."
            : "Did you mean \"" + near.getFirst() + "\"?");
  }

  private static String words(Known known) {
    return Counted.of(known.images(), "image")
        + " and "
        + Counted.of(known.tags(), "tag")
        + " in "
        + Counted.of(known.runs(), "run");
  }

  private void say(String line) {
    if (!context.options().quiet) {
      context.terminal().out().println(line);
    }
  }
}
