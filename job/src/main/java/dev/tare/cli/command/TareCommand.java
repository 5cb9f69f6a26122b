package dev.tare.cli.command;

import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Usage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The root of all commands. */
@Command(
    name = "tare",
    header = "What do the containers in a registry weigh, before the application is put in?",
    description = {
      "",
      "Enumerates a registry, extracts each image's base, size, layers and tool binaries, evaluates them"
          + " against Rego policies, writes compliance reports and keeps one ticket for each image that fails."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare demo                                    see it work, offline",
      "  tare scan registry.example.com               a whole registry",
      "  tare scan 'registry.example.com/team/*' --tags 3",
      "  tare inspect registry.example.com/team/app:1.2",
      "",
      "tare COMMAND --help says more about each command."
    })
final class TareCommand implements Callable<ExitStatus> {
  @Override
  public ExitStatus call() {
    throw Usage.error("no command", "tare --help lists them; tare demo shows it at work.");
  }
}
