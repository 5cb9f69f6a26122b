package dev.tare.cli;

import dev.tare.batch.ScanRequest;
import dev.tare.batch.Session;
import dev.tare.finding.NotInspected;
import dev.tare.registry.ImageFilter;
import dev.tare.registry.Target;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** One image's facts. */
@Command(
    name = "inspect",
    header = "Show the facts of one image: base, layers, tools, packages, configuration.",
    description = "Measures without judging. Layers that a scan has read are not fetched again.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare inspect registry.example.com/team/app:1.2",
      "  tare inspect alpine:3.20 --platform linux/arm64",
      "  tare inspect localhost:5000/team/app --format json | jq .tools",
      "  tare inspect oci:build/image:1.2",
      "  tare inspect docker-archive:app.tar"
    })
final class InspectCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      paramLabel = "IMAGE",
      description = "An image by tag or digest, oci:DIR[:TAG], or docker-archive:FILE[:TAG].")
  private String image = "";

  @Mixin private ListFormat format = new ListFormat();
  @Mixin private StateOptions state = new StateOptions();

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH[/VARIANT]",
      split = ",",
      description = "Only these platforms of an index. Default: all that can run. Repeatable.")
  private List<String> platforms = List.of();

  InspectCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    // An image here even where a scan would take the same words for a repository: latest is meant
    // then.
    Target target = Target.parse(isPrefixed() ? image : "image:" + image);
    ScanRequest request =
        new ScanRequest(
            List.of(target),
            new ImageFilter(List.of(), List.of(), 0, SelectionOptions.platforms(platforms)),
            true);
    Session.Inspection inspection =
        context.inSession(
            state,
            session ->
                context.withProgress(
                    format.isJson(),
                    progress ->
                        session.inspect(
                            request,
                            new JudgeOptions().resolve(context.configuration()),
                            progress)));
    if (inspection.facts().isEmpty() && inspection.notInspected().isEmpty()) {
      throw Usage.error(
          "inspect " + image + ": there is no such image there",
          "Leave out the tag or the platform to see what there is.");
    }
    print(inspection);
    for (NotInspected problem : inspection.notInspected()) {
      context
          .terminal()
          .err()
          .println(
              "not inspected: "
                  + problem.reference()
                  + " ("
                  + problem.stage()
                  + "): "
                  + OneLine.of(problem.reason()));
    }
    return inspection.notInspected().isEmpty() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
  }

  private boolean isPrefixed() {
    return List.of("image:", "oci:", "docker-archive:").stream().anyMatch(image::startsWith);
  }

  private void print(Session.Inspection inspection) {
    PrintWriter out = context.terminal().out();
    if (format.isJson()) {
      ObjectWriter writer = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
      for (JsonNode facts : inspection.facts()) {
        out.println(writer.writeValueAsString(facts));
      }
      return;
    }
    FactsPage page = new FactsPage(context);
    for (int i = 0; i < inspection.facts().size(); i++) {
      if (i > 0) {
        out.println();
      }
      page.print(inspection.facts().get(i));
    }
  }
}
