package dev.tare.cli.option;

import dev.tare.cli.UsualDirectory;
import dev.tare.finding.RunKind;
import dev.tare.ticket.TicketHook;
import dev.tare.ticket.TicketServer;
import dev.tare.ticket.TrackerChoice;
import dev.tare.ticket.Trackers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where tickets go. */
public final class TrackerOptions {
  private static final String TOKEN = "TARE_TICKETS_TOKEN";
  private static final String TOKEN_FILE = "TARE_TICKETS_TOKEN_FILE";

  /** Ticket systems. */
  enum TicketSystem {
    file,
    gitea,
    github,
    gitlab,
    jira,
    webhook,
    none
  }

  @Option(
      names = "--tickets",
      paramLabel = "SYSTEM",
      defaultValue = "file",
      description =
          "Where tickets go: file (Markdown under DIR/tickets), gitea (Forgejo too), github,"
              + " gitlab, jira, webhook (a message for each change), or none. Default:"
              + " ${DEFAULT-VALUE}.")
  TicketSystem system = TicketSystem.file;

  @Option(
      names = "--tickets-project",
      paramLabel = "URL",
      description =
          "The repository whose issues are the tickets, https://git.example.com/team/tickets, the"
              + " project in Jira, https://acme.atlassian.net/browse/OPS, or the webhook's address. The token, or the webhook's secret, is in"
              + " TARE_TICKETS_TOKEN, or in the file that TARE_TICKETS_TOKEN_FILE names.")
  private @Nullable String project;

  /** Whether a ticket system is named. */
  public boolean keepsTickets() {
    return system != TicketSystem.none;
  }

  /**
   * The tracker that is named, with the token of the environment. Tickets of the demo stay in
   * files, whatever the configuration says of scans.
   *
   * @param kind of the run whose tickets go there
   * @param command that was parsed
   * @param files how servers are reached
   * @throws dev.tare.error.TareException USAGE where the project or the token is missing, or the
   *     command line names a tracker for the demo
   */
  public TrackerChoice resolve(
      RunKind kind, CommandSpec command, Context context, TlsFileOptions files) {
    if (kind == RunKind.DEMO && !UsualDirectory.isNamed(command, "--tickets")) {
      return Trackers.files();
    }
    return switch (system) {
      case none -> throw new IllegalStateException("no tickets are kept");
      case file -> Trackers.files();
      case gitea -> Trackers.gitea(server(kind, context, files));
      case github -> Trackers.github(server(kind, context, files));
      case gitlab -> Trackers.gitlab(server(kind, context, files));
      case jira -> Trackers.jira(server(kind, context, files));
      case webhook -> Trackers.webhook(hook(kind, context, files));
    };
  }

  private TicketServer server(RunKind kind, Context context, TlsFileOptions files) {
    String address =
        project(
            kind,
            "Name the repository whose issues are the tickets: --tickets-project"
                + " https://git.example.com/team/tickets.");
    Map<String, String> environment = context.terminal().environment();
    String token = secret(environment);
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw Usage.error(
          "the token of the tickets: expected one word",
          "Check " + TOKEN + " and " + TOKEN_FILE + ".");
    }
    return TicketServer.of(address, token, files.resolve(environment), context.stop());
  }

  private TicketHook hook(RunKind kind, Context context, TlsFileOptions files) {
    String address =
        project(
            kind, "Name the webhook's address: --tickets-project https://hooks.example.com/tare.");
    Map<String, String> environment = context.terminal().environment();
    return TicketHook.of(address, secret(environment), files.resolve(environment), context.stop());
  }

  private String project(RunKind kind, String hint) {
    if (kind == RunKind.DEMO) {
      throw Usage.error(
          "--tickets " + system + ": the demo is about sample images, its tickets stay in files",
          "Add --tickets file.");
    }
    if (project == null || project.isBlank()) {
      throw Usage.error("--tickets " + system + ": no project is named", hint);
    }
    return project;
  }

  private String secret(Map<String, String> environment) {
    String token = SecretVariable.of(TOKEN, environment);
    if (token.isEmpty()) {
      throw Usage.error(
          "--tickets "
              + system
              + ": there is no "
              + (system == TicketSystem.webhook ? "secret" : "token"),
          "Set " + TOKEN + ", or " + TOKEN_FILE + " to the path of a file with it.");
    }
    return token;
  }
}
