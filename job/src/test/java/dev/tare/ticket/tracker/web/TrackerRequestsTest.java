package dev.tare.ticket.tracker.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.stop.StopSignal;
import dev.tare.ticket.TicketServer;
import dev.tare.ticket.TicketUnavailableException;
import dev.tare.ticket.tracker.gitea.GiteaIssues;
import dev.tare.ticket.tracker.github.GithubIssues;
import dev.tare.ticket.tracker.issue.Issue;
import dev.tare.ticket.tracker.issue.Issues;
import dev.tare.ticket.tracker.issue.Lookup;
import dev.tare.ticket.tracker.issue.RefusedException;
import dev.tare.ticket.tracker.issue.UncertainException;
import dev.tare.ticket.tracker.web.TrackerStub.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to Gitea and GitHub, held against their published descriptions. */
class TrackerRequestsTest {
  private static final Set<String> LABELS = Set.of("tare", "tare-0123456789abcdef");

  @ParameterizedTest
  @ValueSource(strings = {"gitea", "github"})
  void everyRequestIsAsDescribedAndListsAreReadToTheirEnd(String tracker) throws IOException {
    try (TrackerStub stub = stub(tracker);
        Issues issues = issues(tracker, stub)) {
      issues.check();
      assertThat(issues.marked("tare")).isEmpty();
      issues.requireLabels(LABELS);
      stub.pullRequest("tare");
      for (int number = 0; number < 4; number++) {
        assertThat(issues.create("title", "body", LABELS).labels()).isEqualTo(LABELS);
      }
      issues.edit(2, "other", "text", false);
      issues.label(2, Set.of("tare"));
      issues.unlabel(3, "tare");
      issues.unlabel(3, "never-there");
      for (int number = 0; number < 3; number++) {
        issues.comment(2, "comment " + number);
      }

      assertThat(issues.marked("tare"))
          .extracting(Issue::number)
          .containsExactlyInAnyOrder(2L, 4L, 5L);
      assertThat(issues.comments(2)).containsExactly("comment 0", "comment 1", "comment 2");
      assertThat(issues.find(2))
          .isInstanceOfSatisfying(
              Lookup.Found.class, found -> assertThat(found.issue().open()).isFalse());
      assertThat(issues.find(99)).isInstanceOf(Lookup.Gone.class);
      assertThat(stub.violations()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gitea,500,true",
    "gitea,502,false",
    "github,503,true",
    "github,0,true",
    "gitea,0,false"
  })
  void creationThatMayHaveBeenCarriedOutIsNotSentAgain(
      String tracker, int status, boolean carriedOut) throws IOException {
    try (TrackerStub stub = stub(tracker);
        Issues issues = issues(tracker, stub)) {
      issues.requireLabels(LABELS);
      stub.fault(new Fault("POST", "/issues", status, Map.of(), carriedOut));

      assertThatThrownBy(() -> issues.create("title", "body", LABELS))
          .isInstanceOf(UncertainException.class);

      assertThat(stub.requests().stream().filter("POST /issues"::equals)).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"429,Retry-After,0", "403,Retry-After,0", "403,X-RateLimit-Remaining,0"})
  void creationThatWasNotCarriedOutIsSentAgainAfterTheWaitAskedFor(
      int status, String header, String value) throws IOException {
    try (TrackerStub stub = TrackerStub.github();
        Issues issues = issues("github", stub)) {
      issues.requireLabels(LABELS);
      Map<String, String> headers = Map.of(header, value, "X-RateLimit-Reset", "1000000000");
      stub.fault(new Fault("POST", "/issues", status, headers, false));

      assertThat(issues.create("title", "body", LABELS).number()).isEqualTo(1);

      assertThat(stub.size()).isEqualTo(1);
    }
  }

  @Test
  void waitThatIsTooLongIsToldAndNotMade() throws IOException {
    try (TrackerStub stub = TrackerStub.github();
        Issues issues = issues("github", stub)) {
      issues.requireLabels(LABELS);
      stub.fault(new Fault("POST", "/issues", 403, Map.of("Retry-After", "900"), false));

      TicketUnavailableException failure =
          catchThrowableOfType(
              TicketUnavailableException.class, () -> issues.create("title", "body", LABELS));

      assertThat(failure).isNotInstanceOf(UncertainException.class);
      assertThat(failure.retryAfter()).contains(Duration.ofMinutes(15));
      assertThat(stub.size()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"401,TARE_TICKETS_TOKEN", "403,may not", "404,--tickets-project", "422,''", "410,''"})
  void refusalSaysWhatToDoAndNeverTheToken(int status, String hint) throws IOException {
    try (TrackerStub stub = TrackerStub.gitea();
        Issues issues = issues("gitea", stub)) {
      issues.requireLabels(LABELS);
      stub.fault(new Fault("POST", "/issues", status, Map.of(), false));

      TareException failure =
          catchThrowableOfType(TareException.class, () -> issues.create("title", "body", LABELS));

      assertThat(failure.kind()).isEqualTo(FailureKind.ENVIRONMENT);
      assertThat(failure).hasMessageContaining(String.valueOf(status));
      assertThat(failure).hasMessageContaining("told so, with ***");
      assertThat(String.valueOf(failure.hint())).contains(hint);
    }
  }

  @ParameterizedTest
  @CsvSource({"401,false", "301,false", "403,true", "404,true", "410,true", "422,true"})
  void whatTheTrackerRefusesIsToldFromWhatItNeverLookedAt(int status, boolean refused)
      throws IOException {
    try (TrackerStub stub = TrackerStub.github();
        Issues issues = issues("github", stub)) {
      stub.fault(new Fault("POST", "/comments", status, Map.of(), false));

      assertThat(catchThrowableOfType(TareException.class, () -> issues.comment(1, "text")))
          .matches(failure -> failure instanceof RefusedException == refused);
    }
  }

  @Test
  void whatMayBeDoneTwiceIsTriedAgain() throws IOException {
    try (TrackerStub stub = TrackerStub.gitea();
        Issues issues = issues("gitea", stub)) {
      issues.requireLabels(LABELS);
      issues.create("title", "body", LABELS);
      stub.fault(new Fault("PATCH", "/issues/1", 502, Map.of(), false));
      stub.fault(new Fault("PATCH", "/issues/1", 0, Map.of(), true));

      issues.edit(1, "other", "text", true);

      assertThat(stub.issue(1).path("title").stringValue()).isEqualTo("other");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gitea", "github"})
  void redirectIsNotFollowedAndTheTokenStaysWhereItIs(String tracker) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/", exchange -> asked.incrementAndGet());
    other.start();
    String elsewhere = "http://127.0.0.1:" + other.getAddress().getPort() + "/moved";
    try (TrackerStub stub = stub(tracker);
        Issues issues = issues(tracker, stub)) {
      stub.fault(new Fault("GET", "", 301, Map.of("Location", elsewhere), false));
      assertThatThrownBy(issues::check).hasMessageContaining("another address");
      issues.requireLabels(LABELS);
      issues.create("title", "body", LABELS);
      stub.fault(new Fault("GET", "/issues/1", 301, Map.of("Location", elsewhere), false));
      assertThat(issues.find(1)).isInstanceOf(Lookup.Moved.class);
    } finally {
      other.stop(0);
    }
    assertThat(asked).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/a/b, https://api.github.com",
    "https://acme.ghe.com/a/b, https://api.acme.ghe.com",
    "https://git.example.com:8443/a/b, https://git.example.com:8443/api/v3",
  })
  void addressOfTheRepositoryGivesTheApi(String address, String api) {
    TicketServer server =
        TicketServer.of(address, "token", HttpOptions.defaults(), new StopSignal());

    assertThat(GithubIssues.api(server.root())).isEqualTo(api);
  }

  @ParameterizedTest
  @CsvSource({
    "https://Git.example.com/team/app.git/, https://git.example.com/team/app",
    "https://example.com/gitea/team/app, https://example.com/gitea/team/app",
    "http://localhost:3000/team/app, http://localhost:3000/team/app",
  })
  void addressOfAProjectIsThatOfItsPage(String address, String project) {
    assertThat(TicketServer.of(address, "t", HttpOptions.defaults(), new StopSignal()).project())
        .isEqualTo(project);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://git.example.com/team/app",
        "https://user:s3cret@git.example.com/team/app",
        "https://git.example.com/app",
        "https://git.example.com/team/app?token=s3cret",
        "git.example.com/team/app",
        "https://git.example.com/team/app#s3cret",
        "https://git.example.com/team/..",
        "https://git.example.com/../app",
        "https://git.example.com:99999/team/app",
        "https://git.example.com:0/team/app",
      })
  void addressThatIsNoneIsRefusedWithoutBeingQuoted(String address) {
    List<String> said =
        List.of(
            String.valueOf(
                catchThrowableOfType(
                        TareException.class,
                        () ->
                            TicketServer.of(address, "t", HttpOptions.defaults(), new StopSignal()))
                    .getMessage()));

    assertThat(said).allMatch(message -> !message.contains("s3cret"));
  }

  private static TrackerStub stub(String tracker) throws IOException {
    return tracker.equals("gitea") ? TrackerStub.gitea() : TrackerStub.github();
  }

  private static Issues issues(String tracker, TrackerStub stub) {
    return tracker.equals("gitea")
        ? new GiteaIssues(stub.server())
        : new GithubIssues(stub.server(), Duration.ZERO);
  }
}
