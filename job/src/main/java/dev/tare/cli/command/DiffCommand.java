package dev.tare.cli.command;

import dev.tare.batch.ImageSide;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.PairOptions;
import dev.tare.cli.option.SharedFormat;
import dev.tare.cli.page.DiffJson;
import dev.tare.cli.page.DiffPage;
import dev.tare.diff.ImageDiff;
import dev.tare.report.DiffMarkdown;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Two images side by side. */
@Command(
    name = "diff",
    header = "Show what differs between two images: size, layers, packages, rules, files.",
    description = {
      "Layers that a scan has read are not fetched again; no run is recorded, no ticket changed.",
      "Contents of files are compared by layer: one of the same size in another layer is said not"
          + " to be compared."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare diff registry.example.com/team/app:1.1 registry.example.com/team/app:1.2",
      "  tare diff state:team/app:1.2 oci:build/image          with what the last scan saw",
      "  tare diff debian:12 debian:12-slim --depth 2 --entries 5",
      "  tare diff team/app:1.1 team/app:1.2 --format markdown > comment.md",
      "  tare diff docker-daemon:app:1.1 docker-daemon:app:1.2",
      "  tare diff docker-archive:a.tar docker-archive:b.tar --format json | jq '.[0].packages'"
    })
final class DiffCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "BEFORE",
      description =
          "An image by tag or digest, oci:DIR[:TAG], docker-archive:FILE[:TAG], docker-daemon:IMAGE"
              + " or podman:IMAGE, or state:IMAGE for one that the last scan saw.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "AFTER", description = "The image to compare with it.")
  private String after = "";

  @Mixin private PairOptions pair = new PairOptions();

  DiffCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    pair.shown.check();
    ImageSide first = ImageRequests.side(before, pair.platforms, pair.bases);
    ImageSide second = ImageRequests.side(after, pair.platforms, pair.bases);
    List<ImageDiff> diffs =
        context.withJobs(
            pair.reading,
            jobs ->
                context.withProgress(
                    pair.format.kind() != SharedFormat.Kind.table,
                    progress ->
                        jobs.diffs()
                            .compare(
                                first,
                                second,
                                pair.judging.resolve(context.configuration()),
                                pair.shown.depth,
                                pair.shown.entries,
                                progress)));
    switch (pair.format.kind()) {
      case table -> diffs.forEach(diff -> new DiffPage(context).print(diff));
      case json -> context.terminal().out().println(DiffJson.text(diffs));
      case markdown ->
          diffs.forEach(diff -> context.terminal().out().println(DiffMarkdown.text(diff)));
    }
    return ExitStatus.OK;
  }
}
