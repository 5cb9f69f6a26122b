package dev.tare.cli.command;

import dev.tare.batch.RemoteBundles;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.ConnectionOptions;
import dev.tare.cli.option.Context;
import dev.tare.cli.page.BundleLine;
import dev.tare.policy.PolicyWorkshop;
import dev.tare.policy.PolicyWorkshop.UsableBundle;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether bundles can be used. */
@Command(
    name = "check",
    header = "Check whether policy bundles can be used; if not, say why and in which line.",
    description = {
      "Sources are compiled with opa, strictly, and their fields are compared with the schema of the facts.",
      "Of every bundle the built-in functions, the entrypoint and the identifiers of its rules are checked."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare policy check our-rules",
      "  tare policy check rule.rego our-rules.tar.gz",
      "  tare policy check oci://registry.example.com/policies/acme:1"
    })
final class PolicyCheckCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      arity = "1..*",
      paramLabel = "BUNDLE",
      description =
          "A directory, a .tar.gz, https://, oci://, or .rego sources, which need opa on the PATH.")
  private List<String> bundles = List.of();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  PolicyCheckCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    for (UsableBundle bundle :
        PolicyWorkshop.check(
            bundles,
            new RemoteBundles(
                connection.resolve(context.terminal().environment()), context.stop()))) {
      BundleLine.print(context, bundle);
    }
    return ExitStatus.OK;
  }
}
