package dev.tare.cli.command;

import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.ListFormat;
import dev.tare.cli.option.StateOptions;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunSummary;
import dev.tare.finding.RunVulnerabilities;
import dev.tare.finding.Severity;
import dev.tare.store.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** History. */
@Command(
    name = "runs",
    header = "List earlier runs: when they ran, their targets and results.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare runs",
      "  tare runs --format json | jq '.[0].id'",
      "  tare runs prune --keep 30",
      "  tare runs forget registry.example.com/team/app"
    })
final class RunsCommand implements Callable<ExitStatus> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Context context;

  @Mixin private ListFormat format = new ListFormat();
  @Mixin private StateOptions state = new StateOptions();

  @Option(
      names = {"-n", "--last"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many runs. Default: ${DEFAULT-VALUE}.")
  private int last = 20;

  private RunsCommand(Context context) {
    this.context = context;
  }

  /** Makes the command with its subcommands. */
  static picocli.CommandLine of(Context context) {
    return new picocli.CommandLine(new RunsCommand(context))
        .addSubcommand(new RunsPruneCommand(context))
        .addSubcommand(new RunsForgetCommand(context));
  }

  @Override
  public ExitStatus call() {
    List<RunRecord> runs =
        context.withJobs(state, jobs -> jobs.archive().runs()).stream().limit(last).toList();
    if (format.isJson()) {
      context
          .terminal()
          .out()
          .println(
              JsonMapper.builder()
                  .build()
                  .writerWithDefaultPrettyPrinter()
                  .writeValueAsString(runs));
      return ExitStatus.OK;
    }
    if (runs.isEmpty()) {
      context.terminal().out().println("No runs yet. Start with: tare scan TARGET, or tare demo.");
      return ExitStatus.OK;
    }
    boolean withKind = runs.stream().anyMatch(run -> run.kind() != RunKind.SCAN);
    TextTable table = new TextTable().column("RUN", Alignment.LEFT);
    if (withKind) {
      table.column("KIND", Alignment.LEFT);
    }
    table
        .spareColumn("STARTED (UTC)", Alignment.LEFT)
        .spareColumn("TOOK", Alignment.RIGHT)
        .column("IMAGES", Alignment.RIGHT)
        .column("COMPLIANT", Alignment.RIGHT)
        .column("FAILING", Alignment.RIGHT)
        .column("FINDINGS", Alignment.RIGHT)
        .spareColumn("VULN", Alignment.RIGHT)
        .spareColumn("SCORE", Alignment.RIGHT)
        .flexibleColumn("OF");
    runs.forEach(run -> table.row(cells(run, withKind)));
    table
        .lines(context.terminal().width(), context.palette())
        .forEach(context.terminal().out()::println);
    return ExitStatus.OK;
  }

  private static Cell[] cells(RunRecord run, boolean withKind) {
    RunSummary summary = run.finished() ? run.summary() : null;
    String of =
        (run.sourceRun() == null ? "" : "facts of " + run.sourceRun() + ", ")
            + OneLine.of(String.join(" ", run.targets()));
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(run.id()));
    if (withKind) {
      cells.add(new Cell(run.kind().word()));
    }
    Collections.addAll(
        cells,
        new Cell(TIME.format(run.startedAt())),
        new Cell(took(run.startedAt(), run.finished() ? run.finishedAt() : null)),
        new Cell(summary == null ? "" : Integer.toString(summary.images())),
        new Cell(summary == null ? "" : Integer.toString(summary.compliant())),
        new Cell(summary == null ? "" : Integer.toString(summary.failing())),
        new Cell(summary == null ? "" : Integer.toString(findings(summary))),
        new Cell(summary == null ? "" : vulnerabilities(summary)),
        new Cell(summary == null || summary.score() == null ? "" : "" + summary.score()),
        new Cell(of));
    return cells.toArray(Cell[]::new);
  }

  private static int findings(RunSummary summary) {
    return summary.findings().entrySet().stream()
        .filter(entry -> entry.getKey() != Severity.NOTE)
        .mapToInt(java.util.Map.Entry::getValue)
        .sum();
  }

  /** Known ones, once for each image; a question mark where nothing was matched. */
  private static String vulnerabilities(RunSummary summary) {
    RunVulnerabilities known = summary.vulnerabilities();
    return known == null || known.images() == 0
        ? "?"
        : (known.partly() + known.unknown() > 0 ? "≥" : "") + Vulnerabilities.sum(known.counts());
  }

  private static String took(Instant from, @Nullable Instant to) {
    if (to == null) {
      return "unfinished";
    }
    Duration took = Duration.between(from, to);
    return took.toMinutes() > 0
        ? took.toMinutes() + " min " + took.toSecondsPart() + " s"
        : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
  }
}
