package dev.tare.cli.command;

import dev.tare.batch.InspectedImages;
import dev.tare.batch.Jobs;
import dev.tare.batch.ScanRequest;
import dev.tare.batch.SmallerBases;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.BaseOptions;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.JudgeOptions;
import dev.tare.cli.option.ListFormat;
import dev.tare.cli.option.ReadingOptions;
import dev.tare.cli.option.SaidOptions;
import dev.tare.cli.option.TreeOptions;
import dev.tare.cli.option.Usage;
import dev.tare.cli.page.FactsPage;
import dev.tare.cli.page.FileTreeJson;
import dev.tare.cli.page.FileTreePage;
import dev.tare.cli.page.PageText;
import dev.tare.cli.page.RelativesTable;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.NotInspected;
import dev.tare.finding.ReportedBase;
import dev.tare.inspect.ImageExplorer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One image's facts. */
@Command(
    name = "inspect",
    header = "Show the facts of one image: base, layers, tools, packages, configuration.",
    description = "Measures without judging. Layers that a scan has read are not fetched again.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare inspect registry.example.com/team/app:1.2",
      "  tare inspect alpine:3.20 --platform linux/arm64",
      "  tare inspect registry.example.com/team/app:1.2 --tree --depth 2",
      "  tare inspect registry.example.com/team/app:1.2 --layer 3",
      "  tare inspect localhost:5000/team/app --format json | jq .tools",
      "  tare inspect localhost:5000/team/app --layer 3 --format json | jq"
          + " '.inspection.layers[0].changes.added'",
      "  tare inspect oci:build/image:1.2",
      "  tare inspect docker-archive:app.tar",
      "  tare inspect docker-daemon:app:1.2"
    })
final class InspectCommand implements Callable<ExitStatus> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Context context;

  @Parameters(
      paramLabel = "IMAGE",
      description =
          "An image by tag or digest, oci:DIR[:TAG], docker-archive:FILE[:TAG], or"
              + " docker-daemon:IMAGE or podman:IMAGE by tag or ID.")
  private String image = "";

  @Mixin private ListFormat format = new ListFormat();
  @Mixin private BaseOptions bases = new BaseOptions();
  @Mixin private SaidOptions said = new SaidOptions();
  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH[/VARIANT]",
      split = ",",
      description = "Only these platforms of an index. Default: all that can run. Repeatable.")
  private List<String> platforms = List.of();

  @Option(
      names = "--tree",
      negatable = true,
      fallbackValue = "true",
      description = "Show the files too, the biggest of each directory first.")
  private boolean tree;

  @Option(
      names = "--layer",
      paramLabel = "N",
      split = ",",
      description =
          "Show what layer N added, changed and deleted, and what of it later layers hide;"
              + " 0 is the root layer. Repeatable.")
  private List<Integer> layers = List.of();

  @Mixin private TreeOptions shown = new TreeOptions();

  InspectCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    shown.check();
    ScanRequest request = ImageRequests.of(image, platforms, bases);
    InspectedImages inspection =
        context.withJobs(
            reading,
            jobs -> {
              InspectedImages inspected =
                  context.withProgress(
                      format.isJson(),
                      progress ->
                          jobs.inspect()
                              .run(
                                  request,
                                  new JudgeOptions()
                                      .resolve(context.configuration())
                                      .with(said.resolve()),
                                  progress));
              requireSome(inspected);
              print(inspected, jobs);
              return inspected;
            });
    for (NotInspected problem : inspection.notInspected()) {
      context
          .terminal()
          .err()
          .println(
              "not inspected: "
                  + problem.reference()
                  + " ("
                  + problem.stage().word()
                  + "): "
                  + OneLine.of(problem.reason()));
    }
    return inspection.notInspected().isEmpty() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
  }

  private void requireSome(InspectedImages inspection) {
    if (inspection.facts().isEmpty() && inspection.notInspected().isEmpty()) {
      throw Usage.error(
          "inspect " + image + ": there is no such image there",
          "Leave out the tag or the platform to see what there is.");
    }
  }

  private void print(InspectedImages inspection, Jobs jobs) {
    SmallerBases bases = jobs.archive().smallerBases();
    for (int i = 0; i < inspection.facts().size(); i++) {
      JsonNode document = inspection.facts().get(i);
      StoredFacts facts = StoredFacts.of(document);
      requireLayers(facts.layers().size());
      if (format.isJson()) {
        json(document, facts, bases, jobs);
      } else {
        if (i > 0) {
          context.terminal().out().println();
        }
        page(facts, bases, jobs);
      }
    }
  }

  private void requireLayers(int count) {
    for (int layer : layers) {
      if (layer < 0 || layer >= count) {
        throw Usage.error(
            "--layer "
                + layer
                + ": the image has "
                + Counted.of(count, "layer")
                + (count == 0 ? "" : ", 0 to " + (count - 1)),
            null);
      }
    }
  }

  private void page(StoredFacts facts, SmallerBases bases, Jobs jobs) {
    FactsPage page = new FactsPage(new PageText(context));
    if (layers.isEmpty()) {
      page.print(facts);
      for (ReportedBase base : bases.of(facts)) {
        if (!base.smaller().isEmpty()) {
          new RelativesTable(context).print(OneLine.of(base.reference()), base, OneLine::of);
        }
      }
    } else {
      page.title(facts.image());
    }
    if (tree || !layers.isEmpty()) {
      ImageExplorer explorer = jobs.inspect().explorer(facts);
      FileTreePage files = new FileTreePage(context);
      for (int layer : layers) {
        files.layer(layer, facts.layers(), explorer.layer(layer, shown.depth, shown.entries));
      }
      if (tree) {
        files.image(explorer.image(shown.depth, shown.entries));
      }
    }
  }

  /** The facts, and beside them what only this command tells. */
  private void json(JsonNode stored, StoredFacts facts, SmallerBases bases, Jobs jobs) {
    ObjectNode document = (ObjectNode) stored.deepCopy();
    ObjectNode inspection = document.putObject("inspection");
    inspection.set("bases", MAPPER.valueToTree(bases.of(facts)));
    if (tree || !layers.isEmpty()) {
      ImageExplorer explorer = jobs.inspect().explorer(facts);
      if (!layers.isEmpty()) {
        ArrayNode views = inspection.putArray("layers");
        for (int layer : layers) {
          FileTreeJson.layer(
              views.addObject().put("index", layer),
              explorer.layer(layer, shown.depth, shown.entries));
        }
      }
      if (tree) {
        FileTreeJson.plain(
            inspection.putObject("files"), explorer.image(shown.depth, shown.entries));
      }
    }
    context
        .terminal()
        .out()
        .println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document));
  }
}
