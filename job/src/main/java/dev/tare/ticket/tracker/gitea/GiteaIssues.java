package dev.tare.ticket.tracker.gitea;

import dev.tare.ticket.TicketServer;
import dev.tare.ticket.tracker.issue.Issue;
import dev.tare.ticket.tracker.issue.Issues;
import dev.tare.ticket.tracker.issue.Lookup;
import dev.tare.ticket.tracker.web.Answer;
import dev.tare.ticket.tracker.web.IssueRequests;
import dev.tare.ticket.tracker.web.TrackerClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Issues of a repository in Gitea or Forgejo. They are given labels by number; two labels may have
 * one name, of which the older is used.
 *
 * @see <a href="https://docs.gitea.com/api/1.24/">API of Gitea; each instance shows its own at
 *     /api/swagger</a>
 */
public final class GiteaIssues implements Issues {
  /** What Gitea returns at most, unless it is set otherwise. */
  private static final String PAGE = "limit=50";

  private static final int LONGEST_BODY = 65_536;

  private final TicketServer server;
  private final TrackerClient client;
  private final IssueRequests requests;
  private @Nullable Map<String, List<Long>> labels;

  /** Of this repository. */
  public GiteaIssues(TicketServer server) {
    this.server = server;
    this.client =
        new TrackerClient(
            server,
            server.root() + "/api/v1/repos/" + server.repository(),
            "token " + server.token(),
            Map.of("Accept", "application/json"),
            Duration.ZERO);
    this.requests = new IssueRequests(server, client);
  }

  @Override
  public String tracker() {
    return "gitea";
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

  @Override
  public List<Issue> marked(String label) {
    List<Long> numbers = labels().getOrDefault(label, List.of());
    if (numbers.isEmpty()) {
      return List.of();
    }
    // A name that two labels have stands for both at once, which no issue has.
    String filter = numbers.size() == 1 ? "&labels=" + label : "";
    return requests.list(label, "state=all&type=issues" + filter, PAGE);
  }

  @Override
  public Lookup find(long number) {
    return requests.find(number);
  }

  @Override
  public void requireLabels(Set<String> names) {
    for (String name : names) {
      if (!labels().containsKey(name)) {
        String action = "create label " + name + " in " + project();
        Answer answer = client.require(action, requests.createLabel(action, name, "#6b7280"));
        labels().put(name, List.of(answer.body().path("id").longValue()));
      }
    }
  }

  @Override
  public Issue create(String title, String body, Set<String> names) {
    return requests.create(title, body, numbers(names));
  }

  @Override
  public void edit(long number, String title, String body, boolean open) {
    requests.edit(number, title, body, open);
  }

  @Override
  public void label(long number, Set<String> names) {
    requests.label(number, numbers(names));
  }

  @Override
  public void unlabel(long number, String label) {
    for (long id : labels().getOrDefault(label, List.of())) {
      requests.unlabel(number, String.valueOf(id));
    }
  }

  /** All at once: this list has no pages. */
  @Override
  public List<String> comments(long number) {
    String action = "read comments on issue " + number + " of " + project();
    Answer answer = client.get(action, "/issues/" + number + "/comments");
    return client
        .require(action, answer)
        .body()
        .valueStream()
        .map(node -> node.path("body").asString(""))
        .toList();
  }

  @Override
  public void comment(long number, String text) {
    requests.comment(number, text);
  }

  private ArrayNode numbers(Set<String> names) {
    ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
    for (String name : names.stream().sorted().toList()) {
      numbers.add(labels().getOrDefault(name, List.of()).getFirst());
    }
    return numbers;
  }

  private Map<String, List<Long>> labels() {
    Map<String, List<Long>> known = labels;
    if (known == null) {
      known = new HashMap<>();
      for (JsonNode node : client.pages("list labels of " + project(), "/labels", PAGE)) {
        known
            .computeIfAbsent(node.path("name").asString(""), any -> new ArrayList<>())
            .add(node.path("id").longValue());
      }
      known.values().forEach(numbers -> numbers.sort(null));
      labels = known;
    }
    return known;
  }

  @Override
  public void close() {
    client.close();
  }
}
