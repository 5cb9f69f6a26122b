package dev.tare.ticket.tracker.github;

import dev.tare.ticket.TicketServer;
import dev.tare.ticket.tracker.issue.Issue;
import dev.tare.ticket.tracker.issue.Issues;
import dev.tare.ticket.tracker.issue.Lookup;
import dev.tare.ticket.tracker.web.Answer;
import dev.tare.ticket.tracker.web.IssueRequests;
import dev.tare.ticket.tracker.web.TrackerClient;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Issues of a repository in GitHub, also Enterprise Server and with data residency.
 *
 * @see <a href="https://docs.github.com/en/rest/issues">REST API: issues</a>
 */
public final class GithubIssues implements Issues {
  private static final String PAGE = "per_page=100";
  private static final int LONGEST_BODY = 65_536;

  /** GitHub asks for a second between requests that change something. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final TicketServer server;
  private final TrackerClient client;
  private final IssueRequests requests;
  private final Set<String> labels = new HashSet<>();

  /** Of this repository. */
  public GithubIssues(TicketServer server) {
    this(server, PAUSE);
  }

  /**
   * With another pause than GitHub asks for.
   *
   * @param pause between requests that change something
   */
  public GithubIssues(TicketServer server, Duration pause) {
    this.server = server;
    this.client =
        new TrackerClient(
            server,
            api(server.root()) + "/repos/" + server.repository(),
            "Bearer " + server.token(),
            Map.of("Accept", "application/vnd.github+json", "X-GitHub-Api-Version", "2022-11-28"),
            pause);
    this.requests = new IssueRequests(server, client);
  }

  /**
   * The API's address: {@code https://api.github.com}, with data residency {@code
   * https://api.NAME.ghe.com}, of Enterprise Server {@code https://HOST/api/v3}.
   */
  public static String api(URI root) {
    String host = root.getHost();
    boolean hosted = host.equals("github.com") || host.matches("[a-z0-9-]+\\.ghe\\.com");
    return hosted ? root.getScheme() + "://api." + root.getAuthority() : root + "/api/v3";
  }

  @Override
  public String tracker() {
    return "github";
  }

  @Override
  public String project() {
    return server.project();
  }

  @Override
  public int longestBody() {
    return LONGEST_BODY;
  }

  @Override
  public void check() {
    requests.check();
  }

  /** The oldest first, so that those that come meanwhile move no page. */
  @Override
  public List<Issue> marked(String label) {
    return requests.list(label, "state=all&sort=created&direction=asc&labels=" + label, PAGE);
  }

  @Override
  public Lookup find(long number) {
    return requests.find(number);
  }

  @Override
  public void requireLabels(Set<String> names) {
    for (String name : names) {
      if (labels.contains(name)) {
        continue;
      }
      if (client.get("read label " + name + " of " + project(), "/labels/" + name).isMissing()) {
        String action = "create label " + name + " in " + project();
        Answer answer = requests.createLabel(action, name, "6b7280");
        if (answer.status() != 422) { // Else somebody was faster.
          client.require(action, answer);
        }
      }
      labels.add(name);
    }
  }

  @Override
  public Issue create(String title, String body, Set<String> names) {
    return requests.create(title, body, array(names));
  }

  @Override
  public void edit(long number, String title, String body, boolean open) {
    requests.edit(number, title, body, open);
  }

  @Override
  public void label(long number, Set<String> names) {
    requests.label(number, array(names));
  }

  @Override
  public void unlabel(long number, String label) {
    requests.unlabel(number, label);
  }

  @Override
  public List<String> comments(long number) {
    return client
        .pages(
            "read comments on issue " + number + " of " + project(),
            "/issues/" + number + "/comments",
            PAGE)
        .stream()
        .map(node -> node.path("body").asString(""))
        .toList();
  }

  @Override
  public void comment(long number, String text) {
    requests.comment(number, text);
  }

  private static ArrayNode array(Set<String> names) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    names.stream().sorted().forEach(array::add);
    return array;
  }

  @Override
  public void close() {
    client.close();
  }
}
