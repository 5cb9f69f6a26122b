package dev.tare.cli.command;

import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.ListFormat;
import dev.tare.cli.option.StateOptions;
import dev.tare.cli.option.Usage;
import dev.tare.cli.page.ForestJson;
import dev.tare.cli.page.ForestPage;
import dev.tare.cli.page.ForestReader;
import dev.tare.cli.page.NamedImages;
import dev.tare.finding.RunResults;
import dev.tare.lineage.Forest;
import dev.tare.lineage.ForestImage;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What stands on what. */
@Command(
    name = "lineage",
    header = "Show which images are built on which: every base, its images and their sizes.",
    description = {
      "Reads the last scan, or the run that is named; no registry is asked.",
      "With a name, only the trees with such an image: what it is built on, everything that a change to it affects,",
      "and smaller bases, of all that runs have seen, of the same distribution or with a runtime in common."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare lineage",
      "  tare lineage base/debian:12        what a change to this base affects",
      "  tare lineage 'team/*'              what these images are built on",
      "  tare lineage 20261121-020000 --format json | jq '.trees[].touches'"
    })
final class LineageCommand implements Callable<ExitStatus> {
  private static final Pattern RUN = Pattern.compile("\\d{8}(-\\d{0,6}(-[0-9a-f]{0,4})?)?");

  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "TARGET|RUN",
      description =
          "A registry, repository, glob or image, with or without the registry in front; or a run's identifier.")
  private @Nullable String word;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The run to read: its identifier or the beginning. Default: the last scan.")
  private @Nullable String run;

  @Mixin private ListFormat format = new ListFormat();
  @Mixin private StateOptions state = new StateOptions();

  LineageCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    boolean namesRun = word != null && run == null && RUN.matcher(word).matches();
    String wantedRun = namesRun ? word : run;
    String wanted = namesRun ? null : word;
    return context.withJobs(
        state,
        jobs -> {
          RunResults results = jobs.archive().results(wantedRun);
          List<ForestImage> images = ForestReader.images(results);
          Forest forest = Forest.of(images);
          if (wanted != null) {
            forest = forest.pruned(NamedImages.of(wanted));
            if (forest.trees().isEmpty()) {
              throw Usage.error(
                  "run " + results.run().id() + " has no image called " + wanted,
                  "tare lineage without a name shows all of them.");
            }
          }
          if (format.isJson()) {
            String text =
                ForestJson.text(results.run().id(), forest, jobs.archive().smallerBases());
            context.terminal().out().println(text);
          } else {
            new ForestPage(context)
                .print(results, images, jobs.archive().smallerBases(), forest, wanted);
          }
          return ExitStatus.OK;
        });
  }
}
