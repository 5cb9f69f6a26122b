package dev.tare.ticket;

import static dev.tare.ticket.SampleRun.fail;
import static dev.tare.ticket.SampleRun.pass;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import dev.tare.error.TareException;
import dev.tare.finding.Outcome;
import dev.tare.finding.Severity;
import dev.tare.http.HttpOptions;
import dev.tare.report.Schemas;
import dev.tare.stop.StopSignal;
import dev.tare.testing.TestImages;
import dev.tare.testing.WebhookReceiver;
import dev.tare.testing.WebhookReceiver.Fault;
import dev.tare.ticket.SampleProject.Killed;
import dev.tare.ticket.TicketAction.Kind;
import dev.tare.ticket.tracker.webhook.WebhookTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tickets as messages: what the reconciler, the tracker and a receiver come to together. */
class WebhookTicketsTest {
  private static final String SHELL = "TARE-TOOL-001";
  private static final String CURL = "TARE-TOOL-004";
  private static final List<String> RULES = List.of(SHELL, CURL);
  private static final JsonMapper JSON = new JsonMapper();

  private final SampleOutbox outbox = new SampleOutbox();
  private final SampleLedger ledger = new SampleLedger();
  private WebhookReceiver receiver;
  private int night;

  @BeforeEach
  void start() throws IOException {
    receiver = new WebhookReceiver(WebhookReceiver.SECRET);
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(receiver.violations()).isEmpty();
    Schema schema =
        Schemas.of(
            Files.readString(
                TestImages.repository().resolve("docs/schemas/ticket-event.schema.json")));
    receiver
        .taken()
        .forEach(body -> assertThat(schema.validate(body, InputFormat.JSON)).as(body).isEmpty());
    receiver.close();
  }

  @Test
  void eachChangeIsToldOnceAndNothingElse() {
    run(Map.of("a", Set.of(SHELL)));
    run(Map.of("a", Set.of(SHELL)));
    run(Map.of("a", Set.of(SHELL, CURL)));
    run(Map.of("a", Set.of()));
    run(Map.of("a", Set.of(SHELL)));

    assertThat(types("a"))
        .containsExactly("ticket.created", "ticket.updated", "ticket.closed", "ticket.reopened");
    JsonNode first = events("a").getFirst().path("data");
    assertThat(first.path("title").asString()).startsWith("a: ");
    assertThat(first.path("registry").asString()).isEqualTo(SampleRun.REGISTRY);
    assertThat(first.path("text").asString()).contains("## What to do");
    assertThat(first.path("comment").isNull()).isTrue();
    assertThat(events("a").get(1).path("data").path("comment").asString()).contains(CURL);
  }

  @Test
  void planTellsNothing() {
    SampleRun run = results(Map.of("a", Set.of(SHELL)));
    try (WebhookTracker tracker = tracker()) {
      assertThat(reconciler(tracker, run).plan(run).count(Kind.CREATE)).isEqualTo(1);
    }

    assertThat(receiver.ids()).isEmpty();
    assertThat(outbox.outbox()).isEmpty();
  }

  /** What images say is data: the text has it in code, and nothing of it is a name of a field. */
  @Test
  void textOfImagesStaysText() {
    SampleRun run =
        SampleRun.of(++night)
            .image(
                "a",
                "1",
                fail(
                    SHELL,
                    Severity.HIGH,
                    "<script>alert(1)</script> @all \u202e",
                    "{\"items\": [{\"path\": \"<img src=x> @here\"}]}"));
    reconcile(run);

    String text = events("a").getFirst().path("data").path("text").asString();
    assertThat(text.replaceAll("(?s)(`+).*?\\1", ""))
        .doesNotContain("<script", "<img", "@all", "@here", "\u202e");
  }

  @Test
  void messageThatMayHaveBeenTakenIsSentAgainAsItWasBeforeAnyOther() {
    for (int attempt = 0; attempt < 4; attempt++) {
      receiver.fault(new Fault(502, Map.of(), true));
    }
    TicketPlan first = run(Map.of("a", Set.of(SHELL)));
    assertThat(first.failures()).hasSize(1);

    run(Map.of("a", Set.of(SHELL, CURL)));

    assertThat(types("a")).containsExactly("ticket.created", "ticket.updated");
    assertThat(receiver.ids().subList(0, 5)).containsOnly(receiver.ids().getFirst());
  }

  @Test
  void messageThatIsRefusedIsAsIfItHadNeverBeen() {
    receiver.fault(new Fault(422, Map.of(), false));
    assertThat(run(Map.of("a", Set.of(SHELL))).failures()).hasSize(1);
    assertThat(outbox.outbox()).isEmpty();

    run(Map.of("a", Set.of(CURL)));

    assertThat(types("a")).containsExactly("ticket.created");
    assertThat(receiver.taken().getFirst()).contains(CURL).doesNotContain(SHELL);
  }

  @Test
  void receiverThatIsGoneIsToldNothingMore() {
    receiver.fault(new Fault(410, Map.of(), false));

    TicketPlan plan = run(Map.of("a", Set.of(SHELL), "b", Set.of(SHELL), "c", Set.of(SHELL)));

    assertThat(plan.failures())
        .hasSize(3)
        .allMatch(failure -> failure.message().contains("takes no message any more"));
    assertThat(receiver.ids()).hasSize(1);
  }

  @Test
  void waitThatTheReceiverAsksForEndsTheDelivery() {
    receiver.fault(new Fault(429, Map.of("Retry-After", "3600"), false));

    TicketPlan plan = run(Map.of("a", Set.of(SHELL), "b", Set.of(SHELL)));

    assertThat(plan.failures())
        .extracting(TicketFailure::retryAfter)
        .containsOnly(Duration.ofHours(1));
    assertThat(receiver.ids()).hasSize(1);
  }

  /** Each write of the outbox, before and after it: none twice, none lost. */
  @Test
  void processThatEndsAtAnyStepTellsNothingTwiceAndLosesNothing() {
    int points = 0;
    for (int step = 0; ; step++) {
      outbox.clear();
      int from = receiver.taken().size();
      outbox.killAt(step);
      boolean killed = false;
      for (Map<String, Set<String>> lines :
          List.<Map<String, Set<String>>>of(
              Map.of("a" + step, Set.of(SHELL), "b" + step, Set.of(SHELL)),
              Map.of("a" + step, Set.of(SHELL, CURL), "b" + step, Set.of()))) {
        try {
          run(lines);
        } catch (Killed e) {
          killed = true;
          run(lines);
        }
      }
      List<String> types =
          receiver.taken().subList(from, receiver.taken().size()).stream()
              .map(body -> JSON.readTree(body).path("type").asString())
              .sorted()
              .toList();
      assertThat(types)
          .as("step %d", step)
          .containsExactly("ticket.closed", "ticket.created", "ticket.created", "ticket.updated");
      if (!killed) {
        break;
      }
      points++;
    }
    assertThat(points).isEqualTo(16); // Before and after two writes for each of four messages.
  }

  /** Any sequence of runs, answers and ends: what the receiver knows is what is so. */
  @Test
  void anySequenceEndsWithAReceiverThatKnowsWhatIsSo() {
    List<Integer> statuses = List.of(0, 500, 503, 400, 429, 422);
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      outbox.clear();
      String a = "a" + seed;
      String b = "b" + seed;
      Map<String, Set<String>> lines = Map.of();
      for (int event = 0; event < 10; event++) {
        lines = new TreeMap<>();
        for (String repository : List.of(a, b)) {
          Set<String> failing = new TreeSet<>();
          RULES.stream().filter(rule -> random.nextBoolean()).forEach(failing::add);
          lines.put(repository, failing);
        }
        int faults = random.nextInt(6);
        for (int fault = 0; fault < faults; fault++) {
          int status = statuses.get(random.nextInt(statuses.size()));
          // Who refuses a message has not taken it.
          receiver.fault(
              new Fault(status, Map.of(), (status == 0 || status >= 500) && random.nextBoolean()));
        }
        outbox.killAt(random.nextInt(12));
        try {
          run(lines);
        } catch (Killed | TareException e) {
          // As told.
        }
        outbox.killAt(-1);
      }
      receiver.clearFaults();
      run(lines);
      run(lines);
      for (String repository : List.of(a, b)) {
        assertThatEventsMakeSense(repository);
        Set<String> failing = lines.getOrDefault(repository, Set.of());
        JsonNode last = last(repository);
        if (last == null) {
          assertThat(failing).isEmpty();
          continue;
        }
        Set<String> told = new TreeSet<>();
        last.path("findings").forEach(finding -> told.add(finding.path("rule").asString()));
        assertThat(told).as("seed %d", seed).isEqualTo(failing);
        assertThat(last.path("state").asString()).isEqualTo(failing.isEmpty() ? "closed" : "open");
      }
      assertThat(outbox.outbox()).allMatch(entry -> entry.message() == null);
    }
  }

  private void assertThatEventsMakeSense(String repository) {
    String state = null;
    for (JsonNode event : events(repository)) {
      String now = event.path("data").path("state").asString();
      String type = event.path("type").asString();
      assertThat(type)
          .isEqualTo(
              state == null
                  ? "ticket.created"
                  : state.equals(now)
                      ? "ticket.updated"
                      : now.equals("open") ? "ticket.reopened" : "ticket.closed");
      state = now;
    }
  }

  private List<JsonNode> events(String repository) {
    return receiver.taken().stream()
        .map(JSON::readTree)
        .filter(event -> event.path("data").path("repository").asString().equals(repository))
        .toList();
  }

  private List<String> types(String repository) {
    return events(repository).stream().map(event -> event.path("type").asString()).toList();
  }

  private @Nullable JsonNode last(String repository) {
    List<JsonNode> events = events(repository);
    return events.isEmpty() ? null : events.getLast().path("data");
  }

  private SampleRun results(Map<String, Set<String>> lines) {
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
    return run;
  }

  private TicketPlan run(Map<String, Set<String>> lines) {
    return reconcile(results(lines));
  }

  private TicketPlan reconcile(SampleRun run) {
    try (WebhookTracker tracker = tracker()) {
      return reconciler(tracker, run).reconcile(run);
    }
  }

  private TicketReconciler reconciler(TicketTracker tracker, SampleRun run) {
    return new TicketReconciler(
        tracker,
        TicketOptions.DEFAULT.allowingClosing(),
        run,
        run.judging(),
        ledger,
        List::of,
        () -> run.run().finishedAt());
  }

  private WebhookTracker tracker() {
    HttpOptions http =
        HttpOptions.defaults()
            .withRetries(3, Duration.ofMillis(1))
            .withTimeouts(Duration.ofSeconds(2), Duration.ofMillis(500));
    return new WebhookTracker(
        TicketHook.of(receiver.address(), WebhookReceiver.SECRET, http, new StopSignal()), outbox);
  }

  /** What a state remembers, in memory; the process may end before or after each write. */
  private static final class SampleOutbox implements TicketOutbox {
    private final Map<String, Entry> entries = new TreeMap<>();
    private final List<String> steps = new ArrayList<>();
    private int killAt = -1;

    /** Before the write of this number, counted by halves, and once. */
    void killAt(int half) {
      killAt = half;
      steps.clear();
    }

    void clear() {
      entries.clear();
      killAt(-1);
    }

    private void write(String mark, @Nullable Entry entry) {
      step();
      if (entry == null) {
        entries.remove(mark);
      } else {
        entries.put(mark, entry);
      }
      step();
    }

    private void step() {
      steps.add("step");
      if (steps.size() - 1 == killAt) {
        killAt = -1;
        throw new Killed();
      }
    }

    private Entry entry(String mark) {
      return Objects.requireNonNull(entries.get(mark));
    }

    @Override
    public List<Entry> outbox() {
      return List.copyOf(entries.values());
    }

    @Override
    public void sending(String mark, Message message) {
      Entry before = entries.get(mark);
      write(mark, new Entry(mark, before == null ? null : before.told(), message));
    }

    @Override
    public void taken(String mark) {
      Message message = Objects.requireNonNull(entry(mark).message());
      write(mark, new Entry(mark, message.ticket(), null));
    }

    @Override
    public void withdrawn(String mark) {
      String told = entry(mark).told();
      write(mark, told == null ? null : new Entry(mark, told, null));
    }
  }
}
