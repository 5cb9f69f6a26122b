package dev.tare.ticket.tracker.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.stop.StopSignal;
import dev.tare.ticket.TicketServer;
import dev.tare.ticket.tracker.issue.BodyParts;
import dev.tare.ticket.tracker.issue.Issue;
import dev.tare.ticket.tracker.issue.Issues;
import dev.tare.ticket.tracker.issue.Lookup;
import dev.tare.ticket.tracker.issue.RefusedException;
import dev.tare.ticket.tracker.issue.UncertainException;
import dev.tare.ticket.tracker.jira.JiraIssues;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What is sent to Jira, held against its documentation: no Jira runs where tests do. */
class JiraRequestsTest {
  private static final Set<String> LABELS = Set.of("tare", "tare-0123456789abcdef");
  private static final String BODY = body("Text");

  private static String body(String text) {
    return new BodyParts(text, "eJyr", "\n").body();
  }

  /** What a test does with a project. */
  private interface Use {
    void with(JiraStub stub, Issues issues) throws IOException;
  }

  private static void in(String edition, Use use) throws IOException {
    try (JiraStub stub = edition.equals("cloud") ? JiraStub.cloud() : JiraStub.dataCenter();
        Issues issues = new JiraIssues(stub.server())) {
      use.with(stub, issues);
      assertThat(stub.violations()).isEmpty();
    }
  }

  private static Issue found(Lookup lookup) {
    assertThat(lookup).isInstanceOf(Lookup.Found.class);
    return ((Lookup.Found) lookup).issue();
  }

  private static @Nullable BodyParts parts(Issue issue) {
    return BodyParts.of(issue.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void everyRequestIsAsDescribedAndListsAreReadToTheirEnd(String edition) throws IOException {
    in(
        edition,
        (stub, issues) -> {
          issues.check();
          assertThat(issues.marked("tare")).isEmpty();
          issues.requireLabels(LABELS);
          for (int number = 0; number < 5; number++) {
            assertThat(issues.create("title", BODY, LABELS).labels()).isEqualTo(LABELS);
          }
          issues.edit(2, "other", body("Other text"), false);
          issues.label(2, Set.of("severity-high"));
          issues.unlabel(3, "tare");
          issues.unlabel(3, "never-there");
          for (int number = 0; number < 3; number++) {
            issues.comment(2, "comment " + number + "\n\n<!-- tare:change 0a" + number + " -->\n");
          }

          assertThat(issues.marked("tare"))
              .extracting(Issue::number)
              .containsExactly(1L, 2L, 4L, 5L);
          assertThat(issues.comments(2))
              .hasSize(3)
              .allMatch(text -> text.contains("comment"))
              .last()
              .asString()
              .contains("0a2");
          Issue changed = found(issues.find(2));
          assertThat(changed.open()).isFalse();
          assertThat(changed.closedAt()).isEqualTo("2026-11-21T02:00:00Z");
          assertThat(changed.labels()).contains("tare", "severity-high");
          assertThat(parts(changed)).isEqualTo(new BodyParts("", "eJyr", ""));
          issues.edit(2, "other", BODY, true);
          assertThat(found(issues.find(2)).open()).isTrue();
          assertThat(issues.find(99)).isInstanceOf(Lookup.Gone.class);
          assertThat(issues.page()).isEqualTo(stub.root() + "/browse/OPS-");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void listShowsWhatIsInAnIssueNowThoughItsSearchLags(String edition) throws IOException {
    in(
        edition,
        (stub, issues) -> {
          for (int number = 0; number < 3; number++) {
            issues.create("title", BODY, LABELS);
          }
          stub.lagging(true);
          issues.edit(2, "title", new BodyParts("t", "eJyrV", "\n").body(), false);
          issues.unlabel(3, "tare");
          issues.create("title", BODY, LABELS);

          List<Issue> listed = issues.marked("tare");

          assertThat(listed).extracting(Issue::number).containsExactly(1L, 2L);
          assertThat(listed.getLast().open()).isFalse();
          assertThat(parts(listed.getLast())).isEqualTo(new BodyParts("", "eJyrV", ""));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void issueThatWasDeletedAndIsListedStillHidesNoOther(String edition) throws IOException {
    in(
        edition,
        (stub, issues) -> {
          for (int number = 0; number < 3; number++) {
            issues.create("title", BODY, LABELS);
          }
          stub.lagging(true);
          stub.delete(2);

          assertThat(issues.marked("tare")).extracting(Issue::number).containsExactly(1L, 3L);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void issueThatWasMovedIsSeenAsMoved(String edition) throws IOException {
    in(
        edition,
        (stub, issues) -> {
          issues.create("title", BODY, Set.of());
          stub.issue(1).put("key", "OTHER-7");

          assertThat(issues.find(1)).isInstanceOf(Lookup.Moved.class);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void whatPeopleWriteBelowTheLineStays(String edition) throws IOException {
    in(
        edition,
        (stub, issues) -> {
          issues.create("title", BODY, Set.of());
          ObjectNode fields = (ObjectNode) stub.issue(1).path("fields");
          if (edition.equals("cloud")) {
            fields
                .path("description")
                .path("content")
                .asArray()
                .addObject()
                .put("type", "paragraph")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", "We wait for team b.");
          } else {
            fields.put(
                "description", fields.path("description").asString() + "\n\nWe wait for team b.");
          }
          for (int change = 0; change < 2; change++) {
            BodyParts before = Objects.requireNonNull(parts(found(issues.find(1))));
            issues.edit(1, "t", new BodyParts("New " + change, "eJ", before.notes()).body(), true);
          }

          String now = stub.issue(1).path("fields").path("description").toString();
          assertThat(now).contains("New 1").doesNotContain("New 0");
          assertThat(now.split("We wait for team b", -1)).hasSize(2);
          assertThat(now.split("keeps what is below", -1)).hasSize(2);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void textThatIsTooLongIsCutAtABlockAndSaysSo(String edition) throws IOException {
    in(
        edition,
        (stub, issues) -> {
          String text = "A paragraph of `code` and *words*.\n\n".repeat(1_500);
          issues.create("title", body(text), Set.of());
          issues.comment(1, text + "\n<!-- tare:change 0a -->\n");

          assertThat(stub.issue(1).path("fields").path("description").toString())
              .contains("Too long for Jira", "keeps what is below");
        });
  }

  @ParameterizedTest
  @CsvSource({"cloud,502,true", "cloud,500,false", "data center,503,true"})
  void creationThatMayHaveBeenCarriedOutIsNotSentAgain(
      String edition, int status, boolean carriedOut) throws IOException {
    in(
        edition,
        (stub, issues) -> {
          stub.failing(status, carriedOut);

          assertThatThrownBy(() -> issues.create("title", BODY, Set.of()))
              .isInstanceOf(UncertainException.class);

          assertThat(stub.requests().stream().filter(one -> one.matches("POST /\\d/issue .*")))
              .hasSize(1);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloud", "data center"})
  void refusalIsToldInItsWordsWithoutTheToken(String edition) throws IOException {
    in(
        edition,
        (stub, issues) -> {
          stub.failing(400, false);

          assertThatThrownBy(() -> issues.create("title", BODY, Set.of()))
              .isInstanceOf(RefusedException.class)
              .hasMessageMatching(
                  ".*: 400 \\{\"summary\":\"is odd, \\*{3}, (Basic|Bearer) \\*{3}\"}");
        });
  }

  @Test
  void transitionIsOneThatWantsNothingNobodyKnows() throws IOException {
    in(
        "cloud",
        (stub, issues) -> {
          issues.create("title", BODY, Set.of());
          ObjectNode resolution = stub.wanted("31", "resolution");
          resolution.putArray("allowedValues").addObject().put("name", "Won't Do");
          resolution.withArray("allowedValues").addObject().put("name", "Done");

          issues.edit(1, "title", BODY, false);

          assertThat(stub.requests())
              .anyMatch(one -> one.contains("\"fields\":{\"resolution\":{\"name\":\"Done\"}}"));
          issues.edit(1, "title", BODY, true);
          stub.wanted("31", "customfield_10001");
          assertThatThrownBy(() -> issues.edit(1, "new title", BODY, false))
              .isInstanceOf(RefusedException.class)
              .hasMessageContaining("no transition leads to a status that is done");
          assertThat(stub.issue(1).path("fields").path("summary").asString()).isEqualTo("title");
        });
  }

  @Test
  void projectThatTakesNoIssuesIsSaidToBe() throws IOException {
    Consumer<ObjectNode> renamed = project -> project.put("key", "DEV");
    Consumer<ObjectNode> archived = project -> project.put("key", "OPS").put("archived", true);
    in(
        "data center",
        (stub, issues) -> {
          renamed.accept(stub.project());
          assertThatThrownBy(issues::check).hasMessageEndingWith("it is DEV now");
          archived.accept(stub.project());
          assertThatThrownBy(issues::check).hasMessageEndingWith("it is archived");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "https://acme.atlassian.net/browse/OPS,https://acme.atlassian.net/browse/OPS",
    "https://acme.atlassian.net/jira/software/projects/OPS,https://acme.atlassian.net/browse/OPS",
    "https://jira.example.com/projects/OPS/,https://jira.example.com/browse/OPS",
    "https://example.com/jira/browse/OPS,https://example.com/jira/browse/OPS"
  })
  void projectIsNamedByItsPage(String address, String project) {
    try (Issues issues = new JiraIssues(server(address))) {
      assertThat(issues.project()).isEqualTo(project);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://acme.atlassian.net/team/tickets",
        "https://acme.atlassian.net/browse/OPS-12",
        "https://acme.atlassian.net/browse/ops"
      })
  void addressThatIsNoneOfAProjectIsRefused(String address) {
    assertThatThrownBy(() -> new JiraIssues(server(address)))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE));
  }

  private static TicketServer server(String address) {
    return TicketServer.of(address, "a:b", HttpOptions.defaults(), new StopSignal());
  }
}
