package dev.tare.cli.command;

import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shell completion. */
@Command(
    name = "completion",
    header = "Print a completion script for bash or zsh.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(tare completion bash)",
      "  tare completion zsh > ~/.zfunc/_tare    # and: autoload -U +X compinit bashcompinit"
    })
final class CompletionCommand implements Callable<ExitStatus> {
  /** The shells. */
  enum Shell {
    bash,
    zsh
  }

  private final Context context;
  private final Supplier<CommandLine> commands;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.bash;

  CompletionCommand(Context context, Supplier<CommandLine> commands) {
    this.context = context;
    this.commands = commands;
  }

  @Override
  public ExitStatus call() {
    String script = AutoComplete.bash("tare", commands.get());
    if (shell == Shell.zsh) {
      // picocli's script is for bash; zsh runs it in its bash mode.
      context.terminal().out().println("autoload -U +X bashcompinit && bashcompinit");
    }
    context.terminal().out().print(script);
    context.terminal().out().flush();
    return ExitStatus.OK;
  }
}
