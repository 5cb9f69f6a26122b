package dev.tare.ticket;

import dev.tare.ticket.tracker.file.FileTracker;
import dev.tare.ticket.tracker.gitea.GiteaIssues;
import dev.tare.ticket.tracker.github.GithubIssues;
import dev.tare.ticket.tracker.gitlab.GitlabIssues;
import dev.tare.ticket.tracker.issue.IssueTracker;
import dev.tare.ticket.tracker.issue.Issues;
import dev.tare.ticket.tracker.jira.JiraIssues;
import dev.tare.ticket.tracker.webhook.WebhookTracker;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The places that tickets can be kept in. Each is a folder below {@code tracker}. */
public final class Trackers {
  private Trackers() {}

  /** Markdown files under {@code tickets}, which is created with the first ticket. */
  public static TrackerChoice files() {
    return (directory, memory, clock) -> inDirectory(directory);
  }

  /** The files beside the reports of this directory. */
  public static TicketTracker inDirectory(Path directory) {
    return new FileTracker(directory.resolve("tickets"));
  }

  /** Issues of a repository in Gitea or Forgejo. */
  public static TrackerChoice gitea(TicketServer server) {
    return issues(() -> new GiteaIssues(server));
  }

  /** Issues of a repository in GitHub. */
  public static TrackerChoice github(TicketServer server) {
    return issues(() -> new GithubIssues(server));
  }

  /** Issues of a project in GitLab. */
  public static TrackerChoice gitlab(TicketServer server) {
    return issues(() -> new GitlabIssues(server));
  }

  /** Issues of a project in Jira. */
  public static TrackerChoice jira(TicketServer server) {
    return issues(() -> new JiraIssues(server));
  }

  /** Messages to whoever keeps them. */
  public static TrackerChoice webhook(TicketHook hook) {
    return (directory, memory, clock) ->
        new WebhookTracker(hook, memory.outbox(WebhookTracker.place(hook)));
  }

  private static TrackerChoice issues(Supplier<Issues> opening) {
    return (directory, memory, clock) -> {
      Issues issues = opening.get();
      return new IssueTracker(issues, memory.journal(IssueTracker.place(issues)), clock);
    };
  }
}
