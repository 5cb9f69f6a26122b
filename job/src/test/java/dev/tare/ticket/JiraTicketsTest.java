package dev.tare.ticket;

import static dev.tare.ticket.SampleRun.fail;
import static dev.tare.ticket.SampleRun.pass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Outcome;
import dev.tare.finding.Severity;
import dev.tare.finding.TagLine;
import dev.tare.ticket.TicketAction.Kind;
import dev.tare.ticket.tracker.issue.IssueTracker;
import dev.tare.ticket.tracker.jira.JiraIssues;
import dev.tare.ticket.tracker.web.JiraStub;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tickets in Jira: the reconciler, the tracker of issues and a Jira whose search lags. */
class JiraTicketsTest {
  private static final String SHELL = "TARE-TOOL-001";
  private static final String CURL = "TARE-TOOL-004";
  private static final List<String> RULES = List.of(SHELL, CURL);

  private SampleProject.Journal journal = new SampleProject().journal;
  private final SampleLedger ledger = new SampleLedger();
  private @Nullable JiraStub started;
  private Instant now = Instant.parse("2026-11-05T00:00:00Z");
  private int night;

  private void start(String edition) throws IOException {
    journal = new SampleProject().journal;
    started = edition.equals("cloud") ? JiraStub.cloud() : JiraStub.dataCenter();
  }

  private JiraStub jira() {
    return Objects.requireNonNull(started);
  }

  @AfterEach
  void stop() {
    assertThat(jira().violations()).isEmpty();
    jira().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void issueLivesAsItsLineFails(String edition) throws IOException {
    start(edition);
    run(Map.of("a", Set.of(SHELL)));
    assertThat(run(Map.of("a", Set.of(SHELL))).unchanged()).isEqualTo(1);
    run(Map.of("a", Set.of(SHELL, CURL)));
    assertThat(run(Map.of("a", Set.of())).count(Kind.CLOSE)).isEqualTo(1);
    assertThat(run(Map.of("a", Set.of(CURL))).count(Kind.REOPEN)).isEqualTo(1);

    assertThat(jira().size()).isEqualTo(1);
    assertThat(jira().comments(1)).hasSize(3);
  }

  /** Created, and changed, a minute ago: nothing is created or said twice. */
  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void searchThatLagsCreatesAndSaysNothingTwice(String edition) throws IOException {
    start(edition);
    run(Map.of("a", Set.of(SHELL), "b", Set.of(SHELL)));
    jira().lagging(true);
    run(Map.of("a", Set.of(SHELL, CURL), "b", Set.of(SHELL), "c", Set.of(SHELL)));

    TicketPlan again = run(Map.of("a", Set.of(SHELL, CURL), "b", Set.of(), "c", Set.of(SHELL)));

    assertThat(again.count(Kind.CLOSE)).isEqualTo(1);
    assertThat(again.actions()).hasSize(1);
    assertThat(jira().size()).isEqualTo(3);
    assertThat(jira().comments(1)).hasSize(1);
  }

  /** The answer is lost, and the search does not show the issue for a minute. */
  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void intentIsDeferredUntilTheSearchHasCaughtUp(String edition) throws IOException {
    start(edition);
    jira().lagging(true);
    jira().failing(502, true);
    assertThat(run(Map.of("a", Set.of(SHELL))).failures()).hasSize(1);

    now = now.plus(Duration.ofSeconds(50));
    TicketPlan soon = run(Map.of("a", Set.of(SHELL)));

    assertThat(soon.actions()).isEmpty();
    assertThat(soon.kept())
        .singleElement()
        .extracting(KeptTicket::reason)
        .asString()
        .contains("it is looked for until");
    jira().lagging(false);
    now = now.plus(Duration.ofMinutes(5));
    assertThat(run(Map.of("a", Set.of(SHELL))).unchanged()).isEqualTo(1);
    assertThat(jira().size()).isEqualTo(1);
  }

  /** Each request that changes something fails in its turn, carried out or not. */
  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void requestThatFailsIsMadeUpForByTheNextRun(String edition) throws IOException {
    List<Set<String>> nights = List.of(Set.of(SHELL), Set.of(SHELL, CURL), Set.of(), Set.of(CURL));
    for (int after = 0; after < 5; after++) {
      for (int status : List.of(400, 502)) {
        for (boolean carriedOut : status == 400 ? List.of(false) : List.of(true, false)) {
          start(edition);
          String a = "a" + after + status + carriedOut;
          for (Set<String> failing : nights) {
            jira().failing(status, carriedOut, after);
            run(Map.of(a, failing));
            jira().failing(0, false);
            now = now.plus(Duration.ofMinutes(10));
            run(Map.of(a, failing));
            now = now.plus(Duration.ofMinutes(10));
            TicketPlan settled = run(Map.of(a, failing));
            assertThat(settled.changesNothing()).as(a).isTrue();
            assertThat(settled.kept()).as(a).isEmpty();
            assertThat(jira().isOpen(1)).as(a).isEqualTo(!failing.isEmpty());
            now = now.plus(Duration.ofHours(24));
          }
          assertThat(jira().size()).isEqualTo(1);
          stop();
        }
      }
    }
    start(edition);
  }

  /** There are no boxes in Jira: a label on the overview asks for a line. */
  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void whatIsHeldBackStandsInAnOverview(String edition) throws IOException {
    start(edition);
    Map<String, Set<String>> lines = new TreeMap<>();
    for (int number = 0; number < 120; number++) {
      lines.put("r%03d".formatted(number), Set.of(SHELL));
    }
    assertThat(run(lines).deferred()).hasSize(70);
    String mark = new TicketKey(SampleRun.REGISTRY, "r119", TagLine.of("1")).mark();
    jira().label(51, "tare-" + mark);

    assertThat(run(lines).actions())
        .extracting(action -> action.key().repository())
        .contains("r119");
    run(lines);

    assertThat(jira().size()).isEqualTo(121);
    assertThat(jira().isOpen(51)).isFalse();
  }

  private TicketPlan run(Map<String, Set<String>> lines) {
    SampleRun run = SampleRun.of(++night);
    lines.forEach((repository, failing) ->
        run.image(
            repository,
            "1",
            "linux/amd64",
            "same",
            RULES.stream()
                .map(rule -> failing.contains(rule) ? fail(rule, Severity.HIGH) : pass(rule))
                .toArray(Outcome[]::new)));
    try (TicketTracker tracker =
        new IssueTracker(new JiraIssues(jira().server()), journal, () -> now)) {
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
}
