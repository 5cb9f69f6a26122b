package dev.tare.cli.command;

import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.policy.PolicyWorkshop;
import dev.tare.policy.PolicyWorkshop.TestRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Running the tests of policies. */
@Command(
    name = "test",
    header = "Run the tests of policy sources with opa; they can import the library.",
    description =
        "Tests are rules test_... in files *_test.rego. Ends with status 1 where one of them fails.",
    footerHeading = "%nExamples:%n",
    footer = "  tare policy test our-rules")
final class PolicyTestCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(paramLabel = "SOURCES", description = "A directory with .rego files.")
  private Path sources = Path.of("");

  PolicyTestCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    TestRun run = PolicyWorkshop.test(sources);
    if (!context.options().quiet || !run.passed()) {
      run.text().lines().forEach(context.terminal().out()::println);
    }
    return run.passed() ? ExitStatus.OK : ExitStatus.FINDINGS;
  }
}
