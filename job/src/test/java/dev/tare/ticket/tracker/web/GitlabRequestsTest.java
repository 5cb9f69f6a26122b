package dev.tare.ticket.tracker.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.ticket.tracker.gitlab.GitlabIssues;
import dev.tare.ticket.tracker.issue.Issue;
import dev.tare.ticket.tracker.issue.Issues;
import dev.tare.ticket.tracker.issue.Lookup;
import dev.tare.ticket.tracker.issue.RefusedException;
import dev.tare.ticket.tracker.issue.UncertainException;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** What is sent to GitLab, held against its documentation: no GitLab runs where tests do. */
class GitlabRequestsTest {
  private static final Set<String> LABELS = Set.of("tare", "tare-0123456789abcdef");

  private GitlabStub stub;
  private Issues issues;

  @BeforeEach
  void start() throws IOException {
    stub = new GitlabStub();
    issues = new GitlabIssues(stub.server());
  }

  @AfterEach
  void stop() {
    assertThat(stub.violations()).isEmpty();
    issues.close();
    stub.close();
  }

  @Test
  void everyRequestIsAsDescribedAndListsAreReadToTheirEnd() {
    issues.check();
    assertThat(issues.marked("tare")).isEmpty();
    issues.requireLabels(LABELS);
    for (int number = 0; number < 4; number++) {
      assertThat(issues.create("title", "body", LABELS).labels()).isEqualTo(LABELS);
    }
    issues.edit(2, "other", "text", false);
    issues.label(2, Set.of("severity-high"));
    issues.unlabel(3, "tare");
    issues.unlabel(3, "never-there");
    for (int number = 0; number < 3; number++) {
      issues.comment(2, "comment " + number);
    }

    assertThat(issues.marked("tare")).extracting(Issue::number).containsExactly(1L, 2L, 4L);
    assertThat(issues.comments(2)).containsExactly("comment 0", "comment 1", "comment 2");
    assertThat(issues.find(2))
        .isInstanceOfSatisfying(
            Lookup.Found.class,
            found -> {
              assertThat(found.issue().open()).isFalse();
              assertThat(found.issue().closedAt()).isNotNull();
              assertThat(found.issue().labels()).contains("severity-high", "tare");
              assertThat(found.issue().body()).isEqualTo("text");
            });
    assertThat(issues.find(99)).isInstanceOf(Lookup.Gone.class);
  }

  /** 48 MB are read of an answer, of which GitLab's own bound leaves room for 45 descriptions. */
  @Test
  void pageOfListWithTheLongestBodiesFitsIntoOneAnswer() {
    assertThat(issues.longestBody()).isLessThanOrEqualTo(900_000);

    issues.marked("tare");

    assertThat(stub.queries()).hasSize(1).allMatch(query -> query.contains("per_page=40"));
  }

  @Test
  void pageOfAnIssueIsWhereGitLabHasIt() {
    assertThat(issues.page()).isEqualTo(stub.server().project() + "/-/issues/");
  }

  @Test
  void stateIsChangedOnlyWhereItIsAnother() {
    issues.create("title", "body", Set.of());

    issues.edit(1, "title", "body", true);
    issues.edit(1, "title", "body", false);
    issues.edit(1, "title", "body", false);
    issues.edit(1, "title", "body", true);

    assertThat(stub.requests().stream().filter(request -> request.contains("state_event")))
        .extracting(request -> request.replaceAll(".*state_event\":\"(\\w+).*", "$1"))
        .containsExactly("close", "reopen");
  }

  @Test
  void issueThatWasMovedIsSeenAsMoved() {
    issues.create("title", "body", Set.of());
    stub.issue(1).put("moved_to_id", 77).put("state", "closed");

    assertThat(issues.find(1)).isInstanceOf(Lookup.Moved.class);
  }

  @Test
  void labelThatSomebodyCreatedMeanwhileIsThere() {
    stub.failing(409);

    issues.requireLabels(Set.of("tare"));
    issues.requireLabels(Set.of("tare"));

    assertThat(stub.requests()).hasSize(2);
  }

  /** Text of images stands in code, of which GitLab has two notions. */
  @Test
  void noLineIsACommandAndTextComesBackAsItWas() {
    String text = "````\n/close\n ```\n/assign me\n  /label ~x\n /a\n````\nnot /a command";

    issues.create("title", text, Set.of());
    issues.edit(1, "title", text, true);
    issues.comment(1, text);

    assertThat(issues.find(1))
        .isInstanceOfSatisfying(
            Lookup.Found.class, found -> assertThat(found.issue().body()).isEqualTo(text));
    assertThat(issues.comments(1)).containsExactly(text);
    assertThat(stub.issue(1).path("description").stringValue().lines())
        .noneMatch(line -> line.startsWith("/"));
  }

  @Test
  void creationThatMayHaveBeenCarriedOutIsNotSentAgain() {
    stub.failing(502);

    assertThatThrownBy(() -> issues.create("title", "body", Set.of()))
        .isInstanceOf(UncertainException.class);

    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void refusalIsToldInItsWordsWithoutTheToken() {
    stub.failing(400);

    assertThatThrownBy(() -> issues.create("title", "body", Set.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(": 400 {\"title\":[\"is odd, ***\"]}");
  }

  static Stream<Arguments> unusable() {
    Consumer<ObjectNode> renamed = project -> project.put("path_with_namespace", "other/place");
    Consumer<ObjectNode> off = project -> project.put("issues_access_level", "disabled");
    Consumer<ObjectNode> archived = project -> project.put("archived", true);
    return Stream.of(
        Arguments.of(renamed, "it is other/place now"),
        Arguments.of(off, "its issues are turned off"),
        Arguments.of(archived, "it is archived"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void projectThatTakesNoIssuesIsSaidToBe(Consumer<ObjectNode> change, String why) {
    change.accept(stub.project());

    assertThatThrownBy(issues::check).hasMessageEndingWith(why);
  }
}
