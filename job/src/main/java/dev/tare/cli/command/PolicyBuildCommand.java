package dev.tare.cli.command;

import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.cli.page.BundleLine;
import dev.tare.policy.PolicyWorkshop;
import dev.tare.policy.PolicyWorkshop.UsableBundle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compiling policies. */
@Command(
    name = "build",
    header = "Compile policy sources to a bundle that needs no opa where it is used.",
    description = "Checks them first. The same sources and the same opa give the same bytes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare policy build our-rules",
      "  tare policy build our-rules dist/our-rules.tar.gz",
      "  oras push registry.example.com/policies/acme:1 our-rules.tar.gz"
    })
final class PolicyBuildCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "SOURCES",
      description = "A directory with .rego files, or one such file.")
  private Path sources = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BUNDLE",
      description = "What to write. Default: SOURCES.tar.gz, in the working directory.")
  private @Nullable Path target;

  PolicyBuildCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    Path written = target == null ? usual() : target;
    UsableBundle bundle = PolicyWorkshop.build(sources, written);
    BundleLine.print(context, bundle);
    if (!context.options().quiet) {
      context.terminal().out().println(written);
    }
    return ExitStatus.OK;
  }

  private Path usual() {
    Path name = sources.toAbsolutePath().normalize().getFileName();
    return Path.of(
        (name == null ? "bundle" : name.toString().replaceFirst("\\.rego$", "")) + ".tar.gz");
  }
}
