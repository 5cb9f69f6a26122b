package dev.tare.cli.command;

import dev.tare.batch.LearnedBases;
import dev.tare.batch.ScanRequest;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.BaseOptions;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.ListFormat;
import dev.tare.cli.option.ReadingOptions;
import dev.tare.cli.option.SelectionOptions;
import dev.tare.cli.option.TargetArguments;
import dev.tare.cli.option.Usage;
import dev.tare.cli.page.RulePage;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.finding.NotInspected;
import dev.tare.lineage.BaseCatalogue;
import dev.tare.lineage.LearnedBase;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** The bases that are known without being scanned. */
final class BasesCommand {
  private BasesCommand() {}

  /** Makes the command with its subcommands. */
  static picocli.CommandLine of(Context context) {
    return new picocli.CommandLine(new Group())
        .addSubcommand(new Learn(context))
        .addSubcommand(new ListBases(context));
  }

  @Command(
      name = "bases",
      header = "Learn base images that are not scanned themselves, and list them.",
      synopsisSubcommandLabel = "(learn TARGET... | list)",
      footerHeading = "%nExamples:%n",
      footer = {"  tare bases learn debian:12-slim alpine:3.20", "  tare bases list"})
  private static final class Group implements Callable<ExitStatus> {
    @Override
    public ExitStatus call() {
      throw Usage.error(
          "bases needs a subcommand", "tare bases learn TARGET..., or tare bases list.");
    }
  }

  @Command(
      name = "learn",
      header = "Record the layers of base images, so that images built on them are recognised.",
      description =
          "Reads manifests and configs, no layers, and adds the bases to the file that scans read.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tare bases learn debian:12-slim docker.io/library/node",
        "  tare bases learn 'registry.example.com/base/*' --tags 5 --bases our-bases.yaml"
      })
  private static final class Learn implements Callable<ExitStatus> {
    private final Context context;

    @Parameters(
        arity = "1..*",
        paramLabel = "TARGET",
        description =
            "An image, repository, glob or registry; - reads targets from standard input.")
    private List<String> targets = List.of();

    @Mixin private SelectionOptions selection = new SelectionOptions();
    @Mixin private BaseOptions bases = new BaseOptions();
    @Mixin private ReadingOptions reading = new ReadingOptions();

    Learn(Context context) {
      this.context = context;
    }

    @Override
    public ExitStatus call() {
      ScanRequest request =
          new ScanRequest(
              TargetArguments.parse(targets, System.in).inRegistries(),
              List.of(),
              selection.filter(),
              true,
              BaseCatalogue.EMPTY,
              null);
      Path file = bases.file();
      BaseCatalogue own = Files.exists(file) ? BaseCatalogue.read(file) : BaseCatalogue.EMPTY;
      LearnedBases learning = context.withJobs(reading, jobs -> jobs.bases().learn(request));
      if (!learning.bases().isEmpty()) {
        own.plus(learning.bases()).write(file);
      }
      for (NotInspected problem : learning.notInspected()) {
        context
            .terminal()
            .err()
            .println("not learned: " + problem.reference() + ": " + OneLine.of(problem.reason()));
      }
      if (!context.options().quiet) {
        context
            .terminal()
            .out()
            .println("Learned " + Counted.of(learning.bases().size(), "image") + ": " + file);
      }
      return learning.notInspected().isEmpty() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
    }
  }

  @Command(
      name = "list",
      header = "List the bases that are known without being scanned.",
      footerHeading = "%nExamples:%n",
      footer = {"  tare bases list", "  tare bases list --format json"})
  private static final class ListBases implements Callable<ExitStatus> {
    private final Context context;

    @Mixin private BaseOptions bases = new BaseOptions();
    @Mixin private ListFormat format = new ListFormat();

    ListBases(Context context) {
      this.context = context;
    }

    /** A base, for programs. */
    record Row(
        List<String> references,
        String digest,
        String platform,
        @Nullable String created,
        List<String> diffIds) {}

    @Override
    public ExitStatus call() {
      BaseCatalogue catalogue = bases.catalogue();
      PrintWriter out = context.terminal().out();
      if (format.isJson()) {
        out.println(
            JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(catalogue.bases().stream().map(ListBases::row).toList()));
        return ExitStatus.OK;
      }
      if (catalogue.bases().isEmpty()) {
        out.println("No bases yet. Start with: tare bases learn debian:12-slim");
      } else {
        TextTable table =
            new TextTable()
                .flexibleColumn("BASE")
                .column("PLATFORM", Alignment.LEFT)
                .column("LAYERS", Alignment.RIGHT)
                .column("CREATED", Alignment.LEFT)
                .column("DIGEST", Alignment.LEFT);
        for (LearnedBase base : catalogue.bases()) {
          Instant created = base.created();
          table.row(
              new Cell(OneLine.of(String.join(" ", base.references()))),
              new Cell(base.platform().toString()),
              new Cell(Integer.toString(base.diffIds().size())),
              new Cell(
                  created == null ? "?" : created.atZone(ZoneOffset.UTC).toLocalDate().toString()),
              new Cell(base.digest().abbreviated()));
        }
        table.lines(context.terminal().width(), context.palette()).forEach(out::println);
      }
      if (!context.options().quiet) {
        out.println();
        RulePage.wrapped(
                "Others may be looked up in: "
                    + (catalogue.registries().isEmpty()
                        ? "the registries that are scanned"
                        : "the registries that are scanned, "
                            + String.join(", ", new TreeSet<>(catalogue.registries()))),
                context.terminal().width())
            .forEach(out::println);
      }
      return ExitStatus.OK;
    }

    private static Row row(LearnedBase base) {
      return new Row(
          base.references(),
          base.digest().toString(),
          base.platform().toString(),
          base.created() == null ? null : base.created().toString(),
          base.diffIds().stream().map(Object::toString).toList());
    }
  }
}
