package dev.tare.ticket;

import static dev.tare.ticket.SampleRun.fail;
import static dev.tare.ticket.SampleRun.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.error.TareException;
import dev.tare.finding.Outcome;
import dev.tare.finding.Severity;
import dev.tare.finding.TagLine;
import dev.tare.ticket.SampleProject.Fault;
import dev.tare.ticket.SampleProject.Item;
import dev.tare.ticket.SampleProject.Killed;
import dev.tare.ticket.TicketAction.Kind;
import dev.tare.ticket.tracker.issue.IssueTracker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tickets as issues: what the reconciler and a tracker of issues come to together. */
class IssueTicketsTest {
  private static final String SHELL = "TARE-TOOL-001";
  private static final String CURL = "TARE-TOOL-004";
  private static final String ROOT = "TARE-USER-001";
  private static final List<String> RULES = List.of(SHELL, CURL, ROOT);
  private static final Pattern CHANGE = Pattern.compile("<!-- tare:change ([0-9a-f]{32}) -->");

  private SampleProject project = new SampleProject();
  private final SampleLedger ledger = new SampleLedger();
  private int night;

  @Test
  void failingLineBecomesAnIssueWithItsLabels() {
    TicketPlan plan = run(Map.of("a", Set.of(SHELL)));

    assertThat(plan.actions())
        .extracting(TicketAction::kind, TicketAction::location)
        .containsExactly(tuple(Kind.CREATE, "https://git.example.com/team/tickets/issues/1"));
    Item item = only("a");
    assertThat(item.labels).containsExactlyInAnyOrder("tare", "tare-" + mark("a"), "severity-high");
    assertThat(item.title).startsWith("a: ");
    assertThat(item.comments).isEmpty();
  }

  @Test
  void sameResultSendsNothing() {
    run(Map.of("a", Set.of(SHELL)));
    String before = only("a").body;

    assertThat(run(Map.of("a", Set.of(SHELL))).changesNothing()).isTrue();

    assertThat(only("a").body).isEqualTo(before);
    assertThat(only("a").comments).isEmpty();
  }

  @Test
  void changeIsAComment() {
    run(Map.of("a", Set.of(SHELL)));
    run(Map.of("a", Set.of(SHELL, CURL)));

    assertThat(only("a").comments).singleElement().asString().contains("New: `TARE-TOOL-004`");
  }

  @Test
  void complyingLineClosesTheIssueAndFailingOnceMoreOpensIt() {
    run(Map.of("a", Set.of(SHELL)));
    only("a").labels.add("team-a");
    run(Map.of("a", Set.of()));
    assertThat(only("a").open).isFalse();
    assertThat(only("a").labels).contains("team-a").doesNotContain("severity-high");

    run(Map.of("a", Set.of(SHELL)));

    assertThat(only("a").open).isTrue();
    assertThat(only("a").labels).contains("team-a", "severity-high");
    assertThat(only("a").comments).hasSize(2);
  }

  @Test
  void issueClosedByHandStaysClosedUntilSomethingNewFails() {
    run(Map.of("a", Set.of(SHELL, CURL)));
    only("a").open = false;

    TicketPlan same = run(Map.of("a", Set.of(SHELL)));
    assertThat(same.actions()).isEmpty();
    assertThat(same.kept())
        .singleElement()
        .extracting(KeptTicket::reason)
        .asString()
        .contains("closed by hand");
    assertThat(only("a").open).isFalse();

    run(Map.of("a", Set.of(SHELL, ROOT)));
    assertThat(only("a").open).isTrue();
  }

  @Test
  void issueClosedByHandStaysClosedWhereABaseBringsWhatIsNew() {
    Outcome own = fail(ROOT, Severity.HIGH);
    Outcome brought = fail(SHELL, Severity.HIGH, "No.", "{\"items\": [{\"layer\": 0}]}");
    String onBase = SampleRun.on("base", "1", "same");
    reconcile(SampleRun.of(++night).image("a", "1", "linux/amd64", "same", onBase, own));
    only("a").open = false;

    TicketPlan plan =
        reconcile(
            SampleRun.of(++night)
                .image("a", "1", "linux/amd64", "same", onBase, own, brought)
                .image("base", "1", "linux/amd64", "same", brought));

    assertThat(plan.actions())
        .extracting(TicketAction::kind, action -> action.key().repository())
        .containsExactly(tuple(Kind.CREATE, "base"));
    assertThat(only("a").open).isFalse();
  }

  @Test
  void issueClosedByHandThatIsFixedMeanwhileOpensWhenItFailsAgain() {
    run(Map.of("a", Set.of(SHELL)));
    only("a").open = false;
    run(Map.of("a", Set.of()));
    assertThat(only("a").open).isFalse();

    run(Map.of("a", Set.of(SHELL)));

    assertThat(only("a").open).isTrue();
  }

  @Test
  void issueOpenedByHandStaysOpen() {
    run(Map.of("a", Set.of(SHELL)));
    run(Map.of("a", Set.of()));
    only("a").open = true;

    TicketPlan plan = run(Map.of("a", Set.of()));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.kept())
        .singleElement()
        .extracting(KeptTicket::reason)
        .asString()
        .contains("by hand");
    assertThat(only("a").open).isTrue();
  }

  @Test
  void deletedIssueIsCreatedAnewByTheNextRun() {
    run(Map.of("a", Set.of(SHELL)));
    project.items.clear();

    assertThat(run(Map.of("a", Set.of(SHELL))).count(Kind.CREATE)).isEqualTo(1);
    assertThat(project.about(mark("a"))).hasSize(1);
  }

  @Test
  void movedIssueIsLeftAloneAndNoSecondOneIsCreated() {
    run(Map.of("a", Set.of(SHELL)));
    only("a").moved = true;

    TicketPlan plan = run(Map.of("a", Set.of(SHELL, CURL)));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.failures()).isEmpty();
    assertThat(plan.kept())
        .singleElement()
        .extracting(KeptTicket::reason)
        .asString()
        .contains("moved");
    assertThat(project.items).hasSize(1);
  }

  @Test
  void lockedIssueIsBroughtUpToDateWithoutAComment() {
    run(Map.of("a", Set.of(SHELL)));
    only("a").locked = true;

    TicketPlan plan = run(Map.of("a", Set.of(SHELL, CURL)));

    assertThat(plan.failures()).isEmpty();
    assertThat(only("a").body).contains(CURL);
    assertThat(only("a").comments).isEmpty();
    assertThat(project.journal.comments()).isEmpty();
  }

  @Test
  void labelsThatPeopleTookAwayComeBackWithTheNextChange() {
    run(Map.of("a", Set.of(SHELL)));
    only("a").labels.clear();

    TicketPlan plan = run(Map.of("a", Set.of(SHELL, CURL)));

    assertThat(plan.count(Kind.UPDATE)).isEqualTo(1);
    assertThat(project.items).hasSize(1);
    assertThat(only("a").labels)
        .containsExactlyInAnyOrder("tare", "tare-" + mark("a"), "severity-high");
  }

  @Test
  void issueWhoseHiddenLineIsGoneIsLeftAloneAndNoSecondOneIsCreated() {
    run(Map.of("a", Set.of(SHELL)));
    only("a").body = "We deal with this elsewhere.";

    TicketPlan plan = run(Map.of("a", Set.of(SHELL, CURL)));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.unreadable()).hasSize(1);
    assertThat(only("a").body).isEqualTo("We deal with this elsewhere.");
    assertThat(project.items).hasSize(1);
  }

  @Test
  void notesBelowTheLineAreKeptAndTextAboveItIsReplaced() {
    run(Map.of("a", Set.of(SHELL)));
    Item item = only("a");
    item.body = ("edited\n" + item.body + "\nWe wait for team b.\n").replace("\n", "\r\n");

    run(Map.of("a", Set.of(SHELL, CURL)));

    assertThat(item.body).endsWith("\nWe wait for team b.\r\n").doesNotContain("edited");
  }

  @Test
  void notesThatLeaveLittleRoomLeaveOutSectionsAndAreKept() {
    run(Map.of("a", Set.of(SHELL)));
    Item item = only("a");
    String notes = "\n" + "n".repeat(63_700);
    item.body = item.body + notes;

    assertThat(run(Map.of("a", Set.of(SHELL, CURL))).failures()).isEmpty();

    assertThat(item.body)
        .hasSizeLessThanOrEqualTo(65_536)
        .contains("Too long for this tracker, and left out: ")
        .endsWith(notes);
    item.body = item.body + "n".repeat(2_000);
    assertThat(run(Map.of("a", Set.of(SHELL))).failures())
        .singleElement()
        .extracting(TicketFailure::message)
        .asString()
        .contains("no room", "notes below it have");
  }

  @Test
  void lostStateFindsItsTicketsByTheirLabels() {
    run(Map.of("a", Set.of(SHELL)));
    project.journal.entries().forEach(entry -> project.journal.forget(entry.mark()));

    TicketPlan plan = run(Map.of("a", Set.of(SHELL, CURL)));

    assertThat(plan.count(Kind.UPDATE)).isEqualTo(1);
    assertThat(project.items).hasSize(1);
  }

  @Test
  void secondIssueAboutTheSameIsSaidAndLeftAlone() {
    run(Map.of("a", Set.of(SHELL)));
    Item first = only("a");
    Item second = new Item(7, project.now, first.title, first.body, first.labels);
    project.items.put(7L, second);
    String body = second.body;

    TicketPlan plan = run(Map.of("a", Set.of(SHELL, CURL)));

    assertThat(plan.unreadable())
        .singleElement()
        .extracting(UnreadableTicket::reason)
        .asString()
        .contains("second ticket");
    assertThat(second.body).isEqualTo(body);
  }

  @Test
  void accountThatMaySetNoLabelsIsSaidAndItsIssueIsNotCreatedTwice() {
    project.labelsAreDropped = true;

    TicketPlan first = run(Map.of("a", Set.of(SHELL)));
    assertThat(first.failures())
        .singleElement()
        .extracting(TicketFailure::message)
        .asString()
        .contains("labels");
    run(Map.of("a", Set.of(SHELL)));

    assertThat(project.items).hasSize(1);
  }

  @Test
  void noMoreThanSoManyAreCreatedInAnHour() {
    Map<String, Set<String>> lines = new HashMap<>();
    for (int number = 0; number < 170; number++) {
      lines.put("r" + number, Set.of(SHELL));
    }
    for (int run = 0; run < 3; run++) {
      run(lines);
    }
    assertThat(project.items).hasSize(150); // The overview is one of them.
    TicketPlan held = run(lines);
    assertThat(held.count(Kind.CREATE)).isZero();
    assertThat(held.deferred()).hasSize(21);

    project.now = project.now.plus(Duration.ofMinutes(61));
    run(lines);

    assertThat(project.items).hasSize(171);
  }

  private static Map<String, Set<String>> failing(int count) {
    Map<String, Set<String>> lines = new TreeMap<>();
    for (int number = 0; number < count; number++) {
      lines.put("r%03d".formatted(number), Set.of(SHELL));
    }
    return lines;
  }

  private Item overview() {
    List<Item> items =
        project.items.values().stream()
            .filter(item -> item.labels.contains("tare-overview"))
            .toList();
    assertThat(items).hasSize(1);
    return items.getFirst();
  }

  @Test
  void whatIsHeldBackStandsInOneOverviewUntilNothingIs() {
    assertThat(run(failing(120)).deferred()).hasSize(70);
    assertThat(overview().title).isEqualTo("Tare: 70 tickets are held back");
    assertThat(overview().labels).containsExactlyInAnyOrder("tare", "tare-overview");
    assertThat(overview().body)
        .contains("- [ ] `r050`: 1 rule to fix (high), `tare-" + mark("r050") + "`\n")
        .doesNotContain("r049");

    run(failing(120));
    assertThat(overview().body).contains("r100").doesNotContain("r099");
    run(failing(120));
    assertThat(overview().open).isFalse();
    assertThat(overview().title).isEqualTo("Tare: no ticket is held back");
    String before = overview().body;
    run(failing(120));
    assertThat(overview().body).isEqualTo(before);

    project.now = project.now.plus(Duration.ofHours(2));
    run(failing(200));
    assertThat(overview().open).isTrue();
    assertThat(overview().comments).isEmpty();
  }

  @Test
  void lineThatIsTickedOrWhoseLabelIsGivenComesFirst() {
    run(failing(150));
    Item overview = overview();
    overview.body =
        overview.body.replaceAll("- \\[ ] (.*tare-" + mark("r148") + "`)", "- [x] $1") + "A note.";
    overview.labels.add("tare-" + mark("r149"));
    project.now = project.now.plus(Duration.ofMinutes(10));

    TicketPlan plan = run(failing(150));

    assertThat(plan.unreadable()).isEmpty();
    assertThat(plan.actions())
        .extracting(action -> action.key().repository())
        .hasSize(50)
        .contains("r148", "r149", "r050", "r097")
        .doesNotContain("r098");
    assertThat(overview().body).endsWith("A note.").doesNotContain("[x]", "r148");
  }

  @Test
  void boxStaysTickedAsLongAsItsTicketIsHeldBack() {
    run(failing(160));
    Item overview = overview();
    overview.body = overview.body.replaceAll("- \\[ ] (.*tare-" + mark("r140") + "`)", "- [x] $1");
    project.busy = true;
    run(failing(160));
    project.busy = false;

    assertThat(overview().body).contains("[x] `r140`");
    assertThat(run(failing(160)).actions())
        .extracting(action -> action.key().repository())
        .contains("r140");
  }

  @Test
  void overviewThatPeopleCloseStaysClosedAndOneThatTheyDeleteComesAgain() {
    run(failing(160));
    overview().open = false;
    run(failing(160));
    assertThat(overview().open).isFalse();

    project.items.remove(overview().number);
    run(failing(190));
    assertThat(overview().open).isTrue();
  }

  /** Each step of the run that creates it. */
  @ParameterizedTest
  @EnumSource(Fault.class)
  void overviewIsThereOnceHoweverItsCreationEnds(Fault fault) {
    for (int last = 1; last <= 6; last++) {
      SampleProject fresh = new SampleProject();
      fresh.lag = Duration.ofMinutes(1);
      IssueTicketsTest test = on(fresh);
      test.run(failing(60));
      int steps = fresh.steps();
      SampleProject again = new SampleProject();
      again.lag = Duration.ofMinutes(1);
      test = on(again);
      again.fault(steps - last, fault);
      test.tryToRun(failing(60));
      again.fault(-1, null);
      again.now = again.now.plusSeconds(5);
      test.tryToRun(failing(120));
      again.now = again.now.plus(Duration.ofMinutes(6));
      test.tryToRun(failing(190));

      assertThat(test.overview().open).as("%s %d", fault, last).isTrue();
    }
  }

  @Test
  void threeFailuresInARowEndTheDelivery() {
    Map<String, Set<String>> lines = new TreeMap<>();
    for (int number = 0; number < 9; number++) {
      lines.put("r" + number, Set.of(SHELL));
    }
    project.busy = true;

    TicketPlan plan = run(lines);

    assertThat(plan.failures()).hasSize(9);
    assertThat(plan.failures().stream().filter(failure -> failure.message().contains("not sent")))
        .hasSize(6);
    assertThat(project.labels).isEmpty();
  }

  @Test
  void issuesThatAreTakenOverKeepNoOtherFromBeingCreated() {
    Map<String, Set<String>> lines = new TreeMap<>();
    for (String repository : List.of("a", "b", "c")) {
      lines.put(repository, Set.of(SHELL));
    }
    run(lines);
    project.items.values().forEach(item -> item.labels.remove("tare"));
    project.journal.entries().forEach(entry -> project.journal.forget(entry.mark()));
    lines.put("d", Set.of(SHELL));

    assertThat(run(lines).failures()).hasSize(3);

    assertThat(project.about(mark("d"))).hasSize(1);
    assertThat(run(lines).unchanged()).isEqualTo(4);
  }

  /** Each request and each write of the journal, before and after it: none twice, none lost. */
  @ParameterizedTest
  @EnumSource(names = {"KILLED_BEFORE", "KILLED_AFTER"})
  void processThatEndsAtAnyStepLeavesNothingTwiceAndNothingLost(Fault fault) {
    List<Map<String, Set<String>>> nights =
        List.of(
            Map.of("a", Set.of(SHELL), "b", Set.of(SHELL), "c", Set.of(SHELL)),
            Map.of("a", Set.of(SHELL, CURL), "b", Set.of(), "c", Set.of(SHELL)),
            Map.of("a", Set.of(CURL), "b", Set.of(SHELL), "c", Set.of()));
    int points = 0;
    for (int step = 0; ; step++) {
      SampleProject fresh = new SampleProject();
      fresh.lag = Duration.ofMinutes(1);
      IssueTicketsTest test = on(fresh);
      boolean killed = false;
      int before = 0;
      for (Map<String, Set<String>> lines : nights) {
        fresh.fault(step - before, fault);
        try {
          test.run(lines);
        } catch (Killed e) {
          killed = true;
          fresh.fault(-1, null);
          fresh.now = fresh.now.plusSeconds(1); // Started again at once: the list lags.
          test.run(lines);
        }
        before += fresh.steps();
        fresh.fault(-1, null);
        fresh.now = fresh.now.plus(Duration.ofMinutes(6));
        test.run(lines);
        test.assertThatAllIsThereOnce(lines);
        fresh.now = fresh.now.plus(Duration.ofHours(24));
        if (killed) {
          before = Integer.MIN_VALUE / 2; // Once is enough.
        }
      }
      if (!killed) {
        break;
      }
      points++;
    }
    assertThat(points).isGreaterThan(40);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"KILLED_BEFORE", "KILLED_AFTER"})
  void stepThatFailsIsMadeUpForByTheNextRun(Fault fault) {
    Map<String, Set<String>> first = Map.of("a", Set.of(SHELL), "b", Set.of(SHELL));
    Map<String, Set<String>> second = Map.of("a", Set.of(SHELL, CURL), "b", Set.of());
    for (int step = 0; step < 40; step++) {
      SampleProject fresh = new SampleProject();
      fresh.lag = Duration.ofMinutes(1);
      IssueTicketsTest test = on(fresh);
      for (Map<String, Set<String>> lines : List.of(first, second)) {
        fresh.fault(step, fault);
        test.tryToRun(lines);
        fresh.fault(-1, null);
        fresh.now = fresh.now.plus(Duration.ofMinutes(6));
        test.run(lines);
        if (fault != Fault.REFUSED) { // A comment that is refused is left out.
          test.assertThatAllIsThereOnce(lines);
        }
        test.assertThatNothingIsThereTwice();
        fresh.now = fresh.now.plus(Duration.ofHours(24));
      }
    }
  }

  /** Any sequence of runs, faults, lags, hand edits and restarts. */
  @Test
  void anySequenceKeepsOneTicketALineAndLosesNoComment() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      SampleProject fresh = new SampleProject();
      fresh.statesApart = seed % 2 == 1;
      IssueTicketsTest test = on(fresh);
      Map<String, Set<String>> lines = Map.of();
      List<Fault> faults = List.of(Fault.values());
      Set<String> byHand = new HashSet<>();
      boolean refused = false;
      for (int event = 0; event < 12; event++) {
        lines = lines(random);
        fresh.lag = Duration.ofSeconds(random.nextInt(90));
        Fault fault = random.nextBoolean() ? null : faults.get(random.nextInt(faults.size()));
        refused |= fault == Fault.REFUSED;
        fresh.fault(fault == null ? -1 : random.nextInt(30), fault);
        test.tryToRun(lines);
        fresh.fault(-1, null);
        test.assertThatNothingIsThereTwice();
        fresh.now = fresh.now.plusSeconds(1 + random.nextInt(600));
        if (random.nextInt(3) == 0 && !fresh.items.isEmpty()) {
          List<Item> items = new ArrayList<>(fresh.items.values());
          Item item = items.get(random.nextInt(items.size()));
          switch (random.nextInt(5)) {
            case 0 -> {
              item.open = !item.open;
              byHand.addAll(item.labels);
            }
            case 1 -> item.labels.remove("tare");
            case 2 -> item.body = item.body + "\nA note.";
            case 3 -> item.title = "Another title";
            default -> item.comments.add("What about this?");
          }
        }
      }
      fresh.now = fresh.now.plus(Duration.ofMinutes(10));
      test.run(lines);
      test.assertThatNothingIsThereTwice();
      for (Map.Entry<String, Set<String>> line : lines.entrySet()) {
        String label = "tare-" + mark(line.getKey());
        List<Item> items = fresh.about(mark(line.getKey()));
        if (!line.getValue().isEmpty()) {
          assertThat(items).as("seed %d, %s", seed, line.getKey()).hasSize(1);
        }
        if (!byHand.contains(label)) {
          assertThat(items)
              .as("seed %d, %s", seed, line.getKey())
              .allMatch(item -> item.open == !line.getValue().isEmpty());
        }
      }
      if (!refused) {
        test.assertThatNoCommentIsLost();
      }
    }
  }

  private static Map<String, Set<String>> lines(Random random) {
    Map<String, Set<String>> lines = new TreeMap<>();
    for (String repository : List.of("a", "b", "c")) {
      Set<String> failing = new TreeSet<>();
      for (String rule : RULES) {
        if (random.nextInt(3) == 0) {
          failing.add(rule);
        }
      }
      lines.put(repository, failing);
    }
    return lines;
  }

  private void assertThatAllIsThereOnce(Map<String, Set<String>> lines) {
    assertThatNothingIsThereTwice();
    assertThatNoCommentIsLost();
    lines.forEach((repository, failing) -> {
      List<Item> items = project.about(mark(repository));
      if (!failing.isEmpty()) {
        assertThat(items).as(repository).hasSize(1);
      }
      for (Item item : items) {
        assertThat(item.open).as(repository).isEqualTo(!failing.isEmpty());
        assertThat(item.labels.contains("severity-high")).as(repository).isEqualTo(item.open);
        if (item.open) {
          assertThat(item.body).contains(failing);
        }
      }
    });
  }

  private void assertThatNothingIsThereTwice() {
    Map<String, Long> titles =
        project.items.values().stream()
            .map(item -> item.labels.stream().filter(label -> label.startsWith("tare-")).toList())
            .collect(Collectors.groupingBy(Object::toString, Collectors.counting()));
    assertThat(titles.values()).allMatch(count -> count == 1);
    for (Item item : project.items.values()) {
      List<String> changes = new ArrayList<>();
      for (String comment : item.comments) {
        Matcher change = CHANGE.matcher(comment);
        if (change.find()) {
          changes.add(change.group(1));
        }
      }
      assertThat(changes).doesNotHaveDuplicates();
    }
  }

  /** Every body that was written is followed by its comment. */
  private void assertThatNoCommentIsLost() {
    for (Item item : project.items.values()) {
      assertThat(item.comments.stream().filter(comment -> comment.contains("tare:change")).count())
          .as("comments on %s", item.title)
          .isEqualTo(item.bodies.stream().distinct().count());
    }
    assertThat(project.journal.comments()).isEmpty();
  }

  private static IssueTicketsTest on(SampleProject project) {
    IssueTicketsTest test = new IssueTicketsTest();
    test.project = project;
    return test;
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
    return reconcile(run);
  }

  private void tryToRun(Map<String, Set<String>> lines) {
    try {
      run(lines);
    } catch (Killed | TareException e) {
      // As told.
    }
  }

  private TicketPlan reconcile(SampleRun run) {
    return new TicketReconciler(
            new IssueTracker(project, project.journal, () -> project.now),
            TicketOptions.DEFAULT.allowingClosing(),
            run,
            run.judging(),
            ledger,
            List::of,
            () -> project.now)
        .reconcile(run);
  }

  private Item only(String repository) {
    List<Item> items =
        project.items.values().stream()
            .filter(item -> item.title.startsWith(repository + ":"))
            .toList();
    assertThat(items).hasSize(1);
    return items.getFirst();
  }

  private static String mark(String repository) {
    return new TicketKey(SampleRun.REGISTRY, repository, TagLine.of("1")).mark();
  }
}
