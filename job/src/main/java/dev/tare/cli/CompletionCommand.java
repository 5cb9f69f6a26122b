package dev.tare.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.bash;

  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  CompletionCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not injected the command");
    }
    String script = AutoComplete.bash("tare", spec.root().commandLine());
    if (shell == Shell.zsh) {
      // picocli's script is for bash; zsh runs it in its bash mode.
      context.terminal().out().println("autoload -U +X bashcompinit && bashcompinit");
    }
    context.terminal().out().print(script);
    context.terminal().out().flush();
    return ExitStatus.OK;
  }
}
