package dev.tare.cli.command;

import dev.tare.batch.ImageRebases;
import dev.tare.batch.ImageSide;
import dev.tare.batch.JudgeRequest;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.PairOptions;
import dev.tare.cli.option.SharedFormat;
import dev.tare.cli.option.Usage;
import dev.tare.cli.page.RebaseJson;
import dev.tare.cli.page.RebasePage;
import dev.tare.rebase.RebasedImages;
import dev.tare.report.RebaseMarkdown;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an image would be on another base. */
@Command(
    name = "rebase",
    header = "Show what an image would be on another base: nothing is built.",
    description = {
      "Lays the image's own layers over those of the other base and measures and judges that as it",
      "would a real image. What speaks against it, and what is not known, is said; where own"
          + " programs",
      "or packages cannot be carried over, the answer is that it has to be rebuilt. docs/rebase.md"
          + " says",
      "what can be relied on. Layers that a scan has read are not fetched again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare rebase registry.example.com/team/app:1.2 --onto debian:12-slim",
      "  tare rebase state:team/app:1.2 --onto state:base/alpine:3.20",
      "  tare rebase team/app:1.2 --from base/debian:12 --onto base/debian:12-slim",
      "  tare rebase --all --from state:base/debian:12 --onto debian:12-slim",
      "  tare rebase oci:build/image --from scratch --onto state:base/static --format json"
    })
final class RebaseCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "IMAGE",
      description =
          "An image by tag or digest, oci:DIR[:TAG], docker-archive:FILE[:TAG], docker-daemon:IMAGE"
              + " or podman:IMAGE, or state:IMAGE for one that the last scan saw.")
  private @Nullable String image;

  @Option(
      names = "--onto",
      paramLabel = "BASE",
      required = true,
      description = "The other base, named as IMAGE is; scratch for none.")
  private String onto = "";

  @Option(
      names = "--from",
      paramLabel = "BASE",
      description =
          "What it is built on: its own layers are those that BASE does not have. Default: the base"
              + " that is known of it.")
  private @Nullable String from;

  @Option(
      names = "--all",
      negatable = true,
      fallbackValue = "true",
      description = "All images of the last scan that are built on --from, in a table.")
  private boolean all;

  @Mixin private PairOptions pair = new PairOptions();

  RebaseCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    pair.shown.check();
    if (all == (image != null)) {
      throw Usage.error(
          "rebase: expected one IMAGE, or --all for those of the last scan",
          "tare rebase --help shows examples.");
    }
    if (all && from == null) {
      throw Usage.error("rebase: --all needs the base that the images are built on", "--from BASE");
    }
    RebasedImages rebased =
        context.withJobs(
            pair.reading,
            jobs ->
                context.withProgress(
                    pair.format.kind() != SharedFormat.Kind.table,
                    progress -> {
                      ImageRebases rebases = jobs.rebases();
                      JudgeRequest judge = pair.judging.resolve(context.configuration());
                      ImageSide named = from == null ? null : side(from);
                      return image == null
                          ? rebases.rebaseAll(
                              Objects.requireNonNull(named), side(onto), judge, progress)
                          : rebases.rebase(
                              side(image),
                              named,
                              side(onto),
                              judge,
                              new ImageRebases.Shown(pair.shown.depth, pair.shown.entries),
                              progress);
                    }));
    switch (pair.format.kind()) {
      case table -> new RebasePage(context).print(rebased, all);
      case json -> context.terminal().out().println(RebaseJson.text(rebased));
      case markdown -> context.terminal().out().println(RebaseMarkdown.text(rebased, all));
    }
    return ExitStatus.OK;
  }

  private ImageSide side(String name) {
    return ImageRequests.side(name, pair.platforms, pair.bases);
  }
}
