package dev.tare.cli.command;

import dev.tare.batch.Judge;
import dev.tare.batch.RemoteBundles;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.Palette;
import dev.tare.cli.option.ConnectionOptions;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.JudgeOptions;
import dev.tare.cli.option.ListFormat;
import dev.tare.cli.option.Usage;
import dev.tare.cli.page.RulePage;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.finding.RuleDoc;
import dev.tare.text.Nearest;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** The rules that are loaded, their documentation, and the tools of people who write some. */
final class PolicyCommand {
  private PolicyCommand() {}

  /** Makes the command with its subcommands. */
  static picocli.CommandLine of(Context context) {
    return new picocli.CommandLine(new Group())
        .addSubcommand(new ListRules(context))
        .addSubcommand(new ShowRule(context))
        .addSubcommand(new PolicyCheckCommand(context))
        .addSubcommand(new PolicyTestCommand(context))
        .addSubcommand(new PolicyBuildCommand(context));
  }

  @Command(
      name = "policy",
      header =
          "List the rules that are loaded, show what a rule is about; check, test and build your own.",
      synopsisSubcommandLabel = "(list | show RULE | check | test | build)",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tare policy list",
        "  tare policy show TARE-TOOL-001",
        "  tare policy check our-rules",
        "  tare policy test our-rules",
        "  tare policy build our-rules our-rules.tar.gz"
      })
  private static final class Group implements Callable<ExitStatus> {
    @Override
    public ExitStatus call() {
      throw Usage.error(
          "policy needs a subcommand",
          "tare policy list, show RULE, check BUNDLE, test SOURCES, or build SOURCES.");
    }
  }

  @Command(
      name = "list",
      header = "List the rules that are loaded.",
      footerHeading = "%nExamples:%n",
      footer = {"  tare policy list", "  tare policy list --format json"})
  private static final class ListRules implements Callable<ExitStatus> {
    private final Context context;

    @Mixin private JudgeOptions judging = new JudgeOptions();
    @Mixin private ConnectionOptions connection = new ConnectionOptions();
    @Mixin private ListFormat format = new ListFormat();

    ListRules(Context context) {
      this.context = context;
    }

    @Override
    public ExitStatus call() {
      List<RuleDoc> rules = rules(context, judging, connection);
      PrintWriter out = context.terminal().out();
      if (format.isJson()) {
        out.println(
            JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(rules));
        return ExitStatus.OK;
      }
      Palette palette = context.palette();
      TextTable table =
          new TextTable()
              .column("RULE", Alignment.LEFT)
              .column("SEVERITY", Alignment.LEFT)
              .flexibleColumn("FAILS WHEN");
      for (RuleDoc rule : rules) {
        String severity = rule.severity().word();
        table.row(
            new Cell(rule.id()),
            new Cell(severity, palette.severity(rule.severity(), severity)),
            new Cell(OneLine.of(rule.title())));
      }
      table.lines(context.terminal().width(), palette).forEach(out::println);
      return ExitStatus.OK;
    }
  }

  @Command(
      name = "show",
      header = "Show what a rule is about, why, and what to do.",
      footerHeading = "%nExamples:%n",
      footer = "  tare policy show TARE-TOOL-001")
  private static final class ShowRule implements Callable<ExitStatus> {
    private final Context context;

    @Mixin private JudgeOptions judging = new JudgeOptions();
    @Mixin private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "RULE", description = "Identifier: TARE-TOOL-001, or TOOL-001.")
    private String id = "";

    ShowRule(Context context) {
      this.context = context;
    }

    @Override
    public ExitStatus call() {
      List<RuleDoc> rules = rules(context, judging, connection);
      String wanted = id.toUpperCase(Locale.ROOT);
      RuleDoc rule =
          rules.stream()
              .filter(known -> known.id().equals(wanted) || known.id().equals("TARE-" + wanted))
              .findAny()
              .orElseThrow(() -> {
                List<String> near = Nearest.to(wanted, rules.stream().map(RuleDoc::id).toList());
                return Usage.error(
                    "rule \"" + id + "\": there is none",
                    near.isEmpty()
                        ? "tare policy list shows all of them."
                        : "Did you mean "
                            + near.getFirst()
                            + "? tare policy list shows all of them.");
              });
      new RulePage(context).print(rule);
      return ExitStatus.OK;
    }
  }

  private static List<RuleDoc> rules(
      Context context, JudgeOptions judging, ConnectionOptions connection) {
    try (Judge judge =
        Judge.open(
            judging.resolve(context.configuration()),
            new RemoteBundles(
                connection.resolve(context.terminal().environment()), context.stop()))) {
      return judge.rules();
    }
  }
}
