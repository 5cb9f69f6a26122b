package dev.tare.ticket;

import static dev.tare.ticket.SampleRun.fail;
import static dev.tare.ticket.SampleRun.pass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Outcome;
import dev.tare.finding.Severity;
import dev.tare.http.HttpOptions;
import dev.tare.stop.StopSignal;
import dev.tare.testing.GiteaBinary;
import dev.tare.ticket.SampleProject.Killed;
import dev.tare.ticket.tracker.gitea.GiteaIssues;
import dev.tare.ticket.tracker.issue.IssueTracker;
import dev.tare.ticket.tracker.issue.Issues;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tickets in a real Gitea. */
@Tag("proof")
class GiteaTicketsIT {
  private static final String SHELL = "TARE-TOOL-001";
  private static final String CURL = "TARE-TOOL-004";
  private static GiteaBinary gitea;

  private SampleProject.Journal journal = new SampleProject().journal;
  private SampleLedger ledger = new SampleLedger();
  private Instant now = Instant.parse("2026-11-05T00:00:00Z");
  private String project = "";
  private int night;

  @BeforeAll
  static void start() throws IOException {
    gitea = GiteaBinary.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (gitea != null) {
      gitea.close();
    }
  }

  @Test
  void issuesOfSeveralPagesAreFoundAgain() throws IOException {
    project = gitea.repository("pages");
    Map<String, Set<String>> lines = new TreeMap<>();
    for (int number = 0; number < 60; number++) {
      lines.put("r" + number, Set.of(SHELL));
    }

    assertThat(run(lines).count(TicketAction.Kind.CREATE)).isEqualTo(50);
    assertThat(run(lines).count(TicketAction.Kind.CREATE)).isEqualTo(10);
    assertThat(run(lines).unchanged()).isEqualTo(60);
    journal = new SampleProject().journal;
    assertThat(run(lines).unchanged()).isEqualTo(60);

    assertThat(gitea.get("/repos/bot/pages").path("open_issues_count").intValue()).isEqualTo(60);
  }

  @Test
  void issueLivesAsItsLineFailsAndAsPeopleWish() throws IOException {
    project = gitea.repository("life");
    run(Map.of("a", Set.of(SHELL)));
    run(Map.of("a", Set.of(SHELL, CURL)));
    assertThat(comments("life")).hasSize(1);
    run(Map.of("a", Set.of()));
    assertThat(issue("life").path("state").stringValue()).isEqualTo("closed");
    run(Map.of("a", Set.of(SHELL)));
    assertThat(issue("life").path("state").stringValue()).isEqualTo("open");
    assertThat(comments("life")).hasSize(3);

    gitea.call("PATCH", "/repos/bot/life/issues/1", "{\"state\": \"closed\"}");
    assertThat(run(Map.of("a", Set.of(SHELL))).kept()).hasSize(1);
    assertThat(issue("life").path("state").stringValue()).isEqualTo("closed");
    gitea.call("PATCH", "/repos/bot/life/issues/1", "{\"state\": \"open\"}");
    gitea.call("PUT", "/repos/bot/life/issues/1/lock", "{}");
    assertThat(run(Map.of("a", Set.of(CURL))).failures()).isEmpty();
    assertThat(issue("life").path("body").stringValue()).contains(CURL);

    gitea.call("DELETE", "/repos/bot/life/issues/1", "");
    run(Map.of("a", Set.of(CURL)));
    assertThat(gitea.get("/repos/bot/life/issues?state=all&type=issues")).hasSize(1);
  }

  @Test
  void processThatEndsAtAnyRequestLeavesNothingTwiceAndNothingLost() throws IOException {
    List<Map<String, Set<String>>> nights =
        List.of(
            Map.of("a", Set.of(SHELL), "b", Set.of(SHELL)),
            Map.of("a", Set.of(SHELL, CURL), "b", Set.of()));
    int points = 0;
    for (int last = 0; last < nights.size(); last++) {
      for (int step = 0; livesWithAnEnd(nights, last, step); step++) {
        points++;
      }
    }
    assertThat(points).isGreaterThan(20);
  }

  /** Whether the process was ended at this step of this night. */
  private boolean livesWithAnEnd(List<Map<String, Set<String>>> nights, int last, int step)
      throws IOException {
    String name = "end-" + last + "-" + step;
    project = gitea.repository(name);
    journal = new SampleProject().journal;
    ledger = new SampleLedger();
    night = 0;
    boolean ended = false;
    for (int at = 0; at < nights.size(); at++) {
      try {
        run(killing(issues(), at == last ? step : -1), nights.get(at));
      } catch (Killed e) {
        ended = true;
      }
      now = now.plusSeconds(360);
      run(nights.get(at));
      now = now.plusSeconds(86_400);
    }
    JsonNode all = gitea.get("/repos/bot/" + name + "/issues?state=all&type=issues");
    assertThat(all).as(name).hasSize(2);
    for (JsonNode issue : all) {
      String comments = "/repos/bot/" + name + "/issues/" + issue.path("number") + "/comments";
      assertThat(gitea.get(comments)).as(name).hasSize(1);
    }
    return ended;
  }

  /** The process ends after so many requests, at even numbers before the next, at odd after it. */
  private static Issues killing(Issues issues, int step) {
    int[] left = {step / 2};
    return (Issues)
        Proxy.newProxyInstance(
            Issues.class.getClassLoader(),
            new Class<?>[] {Issues.class},
            (proxy, method, arguments) -> {
              boolean counts =
                  !Set.of("tracker", "project", "longestBody", "close").contains(method.getName());
              boolean now = counts && step >= 0 && left[0]-- == 0;
              if (now && step % 2 == 0) {
                throw new Killed();
              }
              try {
                Object result = method.invoke(issues, arguments);
                if (now) {
                  throw new Killed();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Issues issues() {
    return new GiteaIssues(
        TicketServer.of(project, gitea.token(), HttpOptions.defaults(), new StopSignal()));
  }

  private TicketPlan run(Map<String, Set<String>> lines) {
    return run(issues(), lines);
  }

  private TicketPlan run(Issues issues, Map<String, Set<String>> lines) {
    SampleRun run = SampleRun.of(++night);
    lines.forEach((repository, failing) ->
        run.image(
            repository,
            "1",
            "linux/amd64",
            "same",
            List.of(SHELL, CURL).stream()
                .map(rule -> failing.contains(rule) ? fail(rule, Severity.HIGH) : pass(rule))
                .toArray(Outcome[]::new)));
    try (IssueTracker tracker = new IssueTracker(issues, journal, () -> now)) {
      return new TicketReconciler(
              tracker,
              TicketOptions.DEFAULT.allowingClosing(),
              run,
              run.judging(),
              ledger,
              List::of,
              () -> now)
          .reconcile(run);
    }
  }

  private static JsonNode issue(String name) throws IOException {
    return gitea.get("/repos/bot/" + name + "/issues/1");
  }

  private static JsonNode comments(String name) throws IOException {
    return gitea.get("/repos/bot/" + name + "/issues/1/comments");
  }
}
