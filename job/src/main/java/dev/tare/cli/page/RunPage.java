package dev.tare.cli.page;

import dev.tare.batch.OutputRequest;
import dev.tare.batch.RunOutcome;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.Palette;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.VerdictOptions;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.finding.Comparison;
import dev.tare.finding.NotInspected;
import dev.tare.finding.OwnReading;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.RunVulnerabilities;
import dev.tare.finding.Score;
import dev.tare.finding.Severity;
import dev.tare.finding.WaiverUse;
import dev.tare.plan.Plan;
import dev.tare.report.OwnText;
import dev.tare.report.VulnerabilityText;
import dev.tare.text.Bytes;
import dev.tare.ticket.TicketPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The end of a run at the terminal: worst images first, then totals, then where the report is. */
public final class RunPage {
  private static final int WORST = 15;
  private static final int PROBLEMS = 10;
  private static final int FIRST = 3;

  private static final List<Severity> COUNTED =
      List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW);

  private final PrintWriter out;
  private final Palette palette;
  private final int width;
  private final boolean quiet;
  private final boolean verbose;
  private final OutputRequest output;
  private final PlanPage plan;

  public RunPage(Context context, OutputRequest output) {
    this.out = context.terminal().out();
    this.palette = context.palette();
    this.width = context.terminal().width();
    this.quiet = context.options().quiet;
    this.verbose = context.options().verbose;
    this.plan = new PlanPage(context);
    this.output = output;
  }

  /** Prints the page and says what the run means for the exit status. */
  public ExitStatus print(RunOutcome result, VerdictOptions verdict) {
    RunResults results = result.results();
    RunSummary summary = results.summary();
    OwnReading own = results.own();
    ExitStatus status = verdict.status(summary, own);
    if (quiet) {
      problems(results.notInspected());
      out.println(verdict(summary, null, own));
      empty(summary);
      out.println(findings(summary));
      if (own != null) {
        OwnText.unknown(own).ifPresent(line -> out.println(OneLine.of(line)));
      }
      unwritten(result.tickets());
      return status;
    }
    WorstRows worst = WorstRows.of(results, WORST);
    table(worst, summary);
    problems(results.notInspected());
    totals(summary, worst.registry(), result, own);
    Comparison since = result.since();
    if (since != null) {
      out.println(ChangeLine.of(since));
    }
    gone(results.gone());
    TicketPlan tickets = result.tickets();
    if (tickets != null) {
      out.println(TicketPage.summary(tickets, output.tickets().planned()));
      TicketPage.waiting(tickets)
          .ifPresent(line -> {
            out.println(line);
            out.println("  tare tickets --allow-closing " + results.run().id() + " closes them");
          });
      unwritten(tickets);
      tickets
          .unreadable()
          .forEach(ticket -> out.println("  " + TicketPage.unreadable(ticket, palette)));
    }
    waivers(results.waivers(), WaiverUse.State.EXPIRED);
    waivers(results.waivers(), WaiverUse.State.EARLY);
    waivers(results.waivers(), WaiverUse.State.UNUSED);
    unused(result.unusedResults());
    FeedLine.of(result.feeds()).ifPresent(out::println);
    reports(results);
    Plan actions = result.plan();
    if (actions != null) {
      first(actions);
    }
    return status;
  }

  private void unwritten(@Nullable TicketPlan tickets) {
    if (tickets != null) {
      tickets
          .failures()
          .forEach(failure ->
              out.println("  " + palette.error("not written: ") + OneLine.of(failure.message())));
    }
  }

  private void first(Plan actions) {
    List<String> lines = plan.lines(actions, FIRST);
    if (!lines.isEmpty()) {
      out.println();
      out.println(palette.bold("What to do first") + palette.dim(" (tare plan shows more)"));
      lines.forEach(line -> out.println("  " + line));
    }
  }

  private void gone(List<String> gone) {
    if (!gone.isEmpty()) {
      out.println(
          "Gone since the last run: "
              + gone.stream().limit(3).map(OneLine::of).collect(Collectors.joining(", "))
              + (gone.size() > 3 ? " and " + (gone.size() - 3) + " more, in the report" : ""));
    }
  }

  private void waivers(List<WaiverUse> all, WaiverUse.State state) {
    List<WaiverUse> those = all.stream().filter(one -> one.state() == state).toList();
    for (WaiverUse waiver : those.subList(0, Math.min(PROBLEMS, those.size()))) {
      out.println(OneLine.of(problem(waiver)));
    }
    if (those.size() > PROBLEMS) {
      out.println(palette.dim("… and " + (those.size() - PROBLEMS) + " more, in the report"));
    }
  }

  private void unused(List<String> results) {
    for (String line : results.subList(0, Math.min(PROBLEMS, results.size()))) {
      out.println("Scan result that was not used: " + OneLine.of(line));
    }
    if (results.size() > PROBLEMS) {
      out.println(palette.dim("… and " + (results.size() - PROBLEMS) + " more"));
    }
  }

  private static String problem(WaiverUse use) {
    boolean expired = use.state() == WaiverUse.State.EXPIRED;
    if (use.waiver().comesFromVex()) {
      return "VEX statement that "
          + switch (use.state()) {
            case EXPIRED -> "has expired";
            case EARLY -> "is dated later than the run";
            case UNUSED, USED -> "matched nothing";
          }
          + ": "
          + use
          + (use.waiver().ticket() == null ? "" : " (" + use.waiver().ticket() + ")");
    }
    if (!use.waiver().comesFromBaseline()) {
      return (expired ? "Waiver that has expired: " : "Waiver that matched nothing: ") + use;
    }
    if (use.rule().equals("**")) {
      return "Baseline of other images: it is about " + use.image() + ", and none of this run is.";
    }
    return expired
        ? "Known until %s, and still there: %s on %s"
            .formatted(use.waiver().expires(), use.rule(), use.image())
        : "Known, and not there any more: %s on %s; tare baseline leaves it out"
            .formatted(use.rule(), use.image());
  }

  private void table(WorstRows worst, RunSummary summary) {
    List<ImageRow> rows = worst.rows();
    if (rows.isEmpty()) {
      return;
    }
    boolean withPlatform = rows.stream().map(ImageRow::platform).distinct().count() > 1;
    TextTable table = new TextTable().flexibleColumn("IMAGE");
    if (withPlatform) {
      table.spareColumn("PLATFORM", Alignment.LEFT);
    }
    table
        .column("BASE", Alignment.LEFT)
        .column("SIZE", Alignment.RIGHT)
        .column("LAYERS", Alignment.RIGHT);
    COUNTED.forEach(severity -> table.column(abbreviation(severity), Alignment.RIGHT));
    boolean matched = rows.stream().anyMatch(row -> row.vulnerabilities() != null);
    if (matched) {
      table.spareColumn("VULN", Alignment.RIGHT).spareColumn("FIXABLE", Alignment.RIGHT);
    }
    table.spareColumn("SCORE", Alignment.RIGHT).column("VERDICT", Alignment.LEFT);
    for (ImageRow row : rows) {
      table.row(cells(worst.name(row), row, withPlatform, matched));
    }
    table.lines(width, palette).forEach(out::println);
    if (summary.images() > rows.size()) {
      out.println(
          palette.dim("… and " + (summary.images() - rows.size()) + " more" + whereAllAre()));
    }
    out.println();
  }

  /** {@code in tare-report/index.html}: the first of the reports, where there is one. */
  private String whereAllAre() {
    return output.files().stream().findFirst().map(file -> " in " + file).orElse("");
  }

  private Cell[] cells(String name, ImageRow row, boolean withPlatform, boolean matched) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(name));
    if (withPlatform) {
      cells.add(new Cell(row.platform()));
    }
    cells.add(new Cell(row.baseClass()));
    cells.add(new Cell(Known.bytes(row.compressedBytes())));
    cells.add(new Cell(Known.text(row.layers())));
    for (Severity severity : COUNTED) {
      String count = row.count(severity) == 0 ? "·" : Integer.toString(row.count(severity));
      cells.add(
          new Cell(
              count,
              row.count(severity) == 0 ? palette.dim(count) : palette.severity(severity, count)));
    }
    if (matched) {
      cells.add(new Cell(known(row.vulnerabilities(), row)));
      cells.add(new Cell(known(row.fixable(), row)));
    }
    cells.add(new Cell(Integer.toString(row.score())));
    cells.add(new Cell(row.verdict().word(), palette.verdict(row.verdict(), row.verdict().word())));
    return cells.toArray(Cell[]::new);
  }

  /** With a sign that there may be more where not all packages are covered. */
  private static String known(@Nullable Integer count, ImageRow row) {
    return (count == null || row.covered() ? "" : "≥") + Known.text(count);
  }

  private static String abbreviation(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "CRIT";
      case HIGH -> "HIGH";
      case MEDIUM -> "MED";
      case LOW -> "LOW";
      case NOTE -> "NOTE";
    };
  }

  private void problems(List<NotInspected> problems) {
    if (problems.isEmpty()) {
      return;
    }
    out.println(palette.bold("Not inspected"));
    for (NotInspected problem : problems.subList(0, Math.min(PROBLEMS, problems.size()))) {
      out.println(
          "  " + OneLine.of(problem.reference()) + "  " + palette.dim(problem.stage().word()));
      out.println("    " + OneLine.of(problem.reason()));
    }
    if (problems.size() > PROBLEMS) {
      out.println(palette.dim("  … and " + (problems.size() - PROBLEMS) + " more, in the report"));
    }
    out.println();
  }

  private void totals(
      RunSummary s, @Nullable String registry, RunOutcome result, @Nullable OwnReading own) {
    out.println(verdict(s, registry, own));
    empty(s);
    if (s.attached() > 0) {
      out.println(
          "Skipped, not images: "
              + s.attached()
              + " (signatures, attestations, charts and the like)");
    }
    out.println(findings(s));
    if (own != null) {
      OwnText.lines(own).forEach(line -> out.println(OneLine.of(line)));
    }
    if (s.score() != null) {
      out.println("Score: " + s.score() + " of " + Score.BEST + ", the mean of the images");
    }
    RunVulnerabilities vulnerabilities = s.vulnerabilities();
    if (vulnerabilities != null) {
      VulnerabilityText.lines(vulnerabilities).forEach(line -> out.println(OneLine.of(line)));
    }
    out.println(
        "Layers: "
            + s.layersUnique()
            + " unique, "
            + s.layersFetched()
            + " fetched ("
            + Bytes.humanised(s.bytesFetched())
            + (verbose && !result.inflaters().isEmpty()
                ? ", inflated by " + String.join(" and ", result.inflaters())
                : "")
            + ")"
            + (result.resumed() ? ", resumed where an earlier run was interrupted" : ""));
  }

  private void empty(RunSummary s) {
    if (s.isEmpty()) {
      out.println(
          "Nothing was judged: check the target, and what --include, --exclude, --tags and"
              + " --platform leave of it.");
    }
  }

  private String verdict(RunSummary s, @Nullable String registry, @Nullable OwnReading own) {
    return palette.bold(Counted.of(s.images(), "image"))
        + (own == null ? "" : s.images() == 1 ? ", its own part," : ", their own part,")
        + " in "
        + Counted.of(s.repositories(), "repository", "repositories")
        + (registry == null ? "" : " of " + registry.replaceFirst(":$", ""))
        + ": "
        + s.compliant()
        + " compliant, "
        + s.failing()
        + " failing"
        + (s.unknown() > 0 ? ", " + s.unknown() + " unknown" : "")
        + (s.notInspected() > 0 ? ", " + s.notInspected() + " not inspected" : "");
  }

  private String findings(RunSummary s) {
    String findings =
        Stream.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.NOTE)
            .filter(severity -> s.findings().getOrDefault(severity, 0) > 0)
            .map(severity ->
                palette.severity(severity, s.findings().get(severity) + " " + severity.word()))
            .collect(Collectors.joining(", "));
    return "Findings: " + (findings.isEmpty() ? "none" : findings);
  }

  private void reports(RunResults results) {
    out.println("Run: " + results.run().id());
    for (Path file : output.files()) {
      out.println("Report: " + palette.bold(file.toString()));
    }
  }
}
