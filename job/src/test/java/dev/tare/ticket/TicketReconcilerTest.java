package dev.tare.ticket;

import static dev.tare.ticket.SampleRun.fail;
import static dev.tare.ticket.SampleRun.pass;
import static dev.tare.ticket.SampleRun.unknown;
import static dev.tare.ticket.SampleRun.waived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.Outcome;
import dev.tare.finding.Severity;
import dev.tare.finding.TagLine;
import dev.tare.ticket.TicketAction.Kind;
import dev.tare.ticket.tracker.file.FileTracker;
import dev.tare.ticket.tracker.file.TicketFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketReconcilerTest {
  private static final String SHELL = "TARE-TOOL-001";
  private static final String CURL = "TARE-TOOL-004";
  private static final String ROOT = "TARE-USER-001";

  private final SampleLedger ledger = new SampleLedger();

  @TempDir private Path directory;

  @Test
  void failingLineGetsOneTicketForAllItsTagsAndPlatforms() {
    SampleRun run =
        SampleRun.of(1)
            .image("team/app", "1.2,latest", "linux/amd64", "a", fail(SHELL, Severity.HIGH))
            .image("team/app", "1.2,latest", "linux/arm64", "a", fail(SHELL, Severity.HIGH))
            .image("team/app", "1.1", fail(SHELL, Severity.HIGH), fail(ROOT, Severity.LOW))
            .image("team/good", "1.0", pass(SHELL));

    TicketPlan plan = reconcile(run);

    assertThat(plan.actions())
        .extracting(TicketAction::kind, action -> action.key().toString(), TicketAction::severity)
        .containsExactly(tuple(Kind.CREATE, "localhost:5000/team/app:*", Severity.HIGH));
    TicketRecord ticket = only();
    assertThat(ticket.findings()).extracting(TicketFinding::rule).containsExactly(SHELL, ROOT);
    assertThat(ticket.images()).hasSize(3);
    assertThat(ticket.findings().getFirst().images()).hasSize(3);
    assertThat(ticket.findings().getLast().images()).hasSize(1);
    assertThat(ticket.runs()).containsExactly("run-1");
  }

  @Test
  void planWritesNothing() {
    SampleRun run = SampleRun.of(1).image("team/app", "1", fail(SHELL, Severity.HIGH));

    TicketPlan plan = reconciler(TicketOptions.DEFAULT, run).plan(run);

    assertThat(plan.count(Kind.CREATE)).isEqualTo(1);
    assertThat(plan.actions().getFirst().location()).isNull();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void sameRunTwiceChangesNothing() {
    SampleRun run =
        SampleRun.of(1)
            .image("team/app", "1.2", fail(SHELL, Severity.HIGH))
            .image("team/app", "latest", fail(CURL, Severity.LOW), waived(ROOT, Severity.HIGH))
            .image("team/app", "", unknown(SHELL), fail(CURL, Severity.LOW));
    reconcile(run);
    Map<String, String> before = files();

    TicketPlan again = reconcile(run);

    assertThat(again.changesNothing()).isTrue();
    assertThat(again.unchanged()).isEqualTo(3);
    assertThat(files()).isEqualTo(before).hasSize(3);
  }

  @Test
  void laterRunWithTheSameResultTouchesNothing() {
    reconcile(SampleRun.of(1).image("a", "1", "linux/amd64", "same", fail(SHELL, Severity.HIGH)));
    Map<String, String> before = files();

    TicketPlan again =
        reconcile(
            SampleRun.of(2).image("a", "1", "linux/amd64", "same", fail(SHELL, Severity.HIGH)));

    assertThat(again.changesNothing()).isTrue();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void ageThatGrewByADayIsNoNewsAndAnyOtherNumberIs() {
    assertThat(secondRun("created 41 days ago", "created 42 days ago").actions()).isEmpty();
    assertThat(secondRun("41 MB, 40 MB are allowed", "41 MB, 30 MB are allowed").actions())
        .extracting(TicketAction::kind, TicketAction::reason)
        .containsExactly(tuple(Kind.UPDATE, "other details"));
  }

  private TicketPlan secondRun(String first, String second) {
    String repository = "r" + Integer.toHexString(first.hashCode());
    reconcile(
        SampleRun.of(1, "localhost:5000/" + repository)
            .image(repository, "1", "linux/amd64", "b", fail(SHELL, Severity.HIGH, first, "{}")));
    return reconcile(
        SampleRun.of(2, "localhost:5000/" + repository)
            .image(repository, "1", "linux/amd64", "b", fail(SHELL, Severity.HIGH, second, "{}")));
  }

  @Test
  void nextBuildNumberUpdatesTheSameTicket() {
    reconcile(SampleRun.of(1).image("team/app", "build-41", fail(SHELL, Severity.HIGH)));

    TicketPlan plan =
        reconcile(
            SampleRun.of(2)
                .image(
                    "team/app", "build-42", fail(SHELL, Severity.HIGH), fail(CURL, Severity.LOW)));

    assertThat(plan.actions())
        .extracting(TicketAction::kind, TicketAction::reason)
        .containsExactly(tuple(Kind.UPDATE, "1 new, other images"));
    TicketRecord ticket = only();
    assertThat(ticket.images()).extracting(TicketImage::name).containsExactly("build-42");
    assertThat(ticket.runs()).containsExactly("run-1", "run-2");
    assertThat(ticket.openedAt()).isEqualTo(SampleRun.of(1).run().finishedAt());
    assertThat(ticket.updatedAt()).isEqualTo(SampleRun.of(2).run().finishedAt());
  }

  @Test
  void ticketClosesWhenFixedAndOpensAgainWhenItFailsAgain() {
    reconcile(SampleRun.of(1).image("team/app", "1.0", fail(SHELL, Severity.HIGH)));

    TicketPlan closing = reconcile(SampleRun.of(2).image("team/app", "1.1", pass(SHELL)));

    assertThat(closing.actions())
        .extracting(TicketAction::kind, TicketAction::severity, TicketAction::reason)
        .containsExactly(tuple(Kind.CLOSE, Severity.HIGH, "1 fixed"));
    assertThat(only().state()).isEqualTo(TicketState.CLOSED);
    assertThat(only().closedAt()).isEqualTo(SampleRun.of(2).run().finishedAt());
    assertThat(reconcile(SampleRun.of(3).image("team/app", "1.1", pass(SHELL))).actions())
        .isEmpty();

    TicketPlan reopening =
        reconcile(SampleRun.of(4).image("team/app", "1.2", fail(SHELL, Severity.HIGH)));

    assertThat(reopening.count(Kind.REOPEN)).isEqualTo(1);
    assertThat(only().state()).isEqualTo(TicketState.OPEN);
    assertThat(only().closedAt()).isNull();
    assertThat(only().openedBy()).isEqualTo("run-1");
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatAJudgedBaseBringsIsTicketedAtTheBase() {
    SampleRun run =
        SampleRun.of(1)
            .image("base/os", "1", "linux/amd64", "b", inBase(SHELL))
            .image(
                "team/app", "1", "linux/amd64", "a", ON_OS, inBase(SHELL), fail(ROOT, Severity.LOW))
            .image("team/job", "1", "linux/amd64", "a", ON_OS, inBase(SHELL))
            .image("team/web", "1", "linux/amd64", "a", ON_OS, inBaseAndAbove(SHELL));

    TicketPlan plan = reconcile(run);

    assertThat(plan.inheriting()).as("team/job has nothing of its own").isEqualTo(1);
    assertThat(records())
        .extracting(
            ticket -> ticket.key().repository(),
            ticket -> rules(ticket.own()),
            ticket -> ticket.findings().size(),
            ticket -> ticket.inheritedBy().stream().map(TicketKey::repository).toList())
        .containsExactlyInAnyOrder(
            tuple("base/os", List.of(SHELL), 1, List.of("team/app", "team/job")),
            tuple("team/app", List.of(ROOT), 2, List.of()),
            tuple("team/web", List.of(SHELL), 1, List.of()));
    assertThat(plan.actions())
        .extracting(TicketAction::title)
        .containsExactly(
            "base/os: 1 rule to fix (high)",
            "team/app: 1 rule to fix (low)",
            "team/web: 1 rule to fix (high)");
    assertThat(reconcile(run).changesNothing()).isTrue();
  }

  @Test
  void baseThatIsNotJudgedOrPassesOrIsWaivedAnswersForNothing() {
    SampleRun run = SampleRun.of(1);
    run.image("team/a", "1", "linux/amd64", "a", ON_OS, inBase(SHELL));
    run.image("base/good", "1", "linux/amd64", "b", pass(SHELL));
    run.image(
        "team/b", "1", "linux/amd64", "a", SampleRun.on("base/good", "1", "b"), inBase(SHELL));
    run.image("base/waived", "1", "linux/amd64", "b", waived(SHELL, Severity.HIGH));
    run.image(
        "team/c", "1", "linux/amd64", "a", SampleRun.on("base/waived", "1", "b"), inBase(SHELL));

    run.image("base/os", "2", "linux/amd64", "b", fail(SHELL, Severity.HIGH));
    String onSomethingElseOnIt =
        "{\"layers\": [{\"index\": 0}, {\"index\": 1}, {\"index\": 2}], \"base\": {\"lineage\": ["
            + SampleRun.ancestor("base/os", "2", "b", 1)
            + ", "
            + SampleRun.ancestor("base/elsewhere", "1", "b", 2)
            + "]}}";
    run.image("team/d", "1", "linux/amd64", "a", onSomethingElseOnIt, inBaseAndAbove(SHELL));

    reconcile(run);

    assertThat(records())
        .extracting(ticket -> ticket.key().repository(), ticket -> rules(ticket.own()))
        .containsExactlyInAnyOrder(
            tuple("base/os", List.of(SHELL)),
            tuple("team/d", List.of(SHELL)),
            tuple("team/a", List.of(SHELL)),
            tuple("team/b", List.of(SHELL)),
            tuple("team/c", List.of(SHELL)));
  }

  @Test
  void ticketsFromBeforeStayOpenWhenABaseAnswersForWhatTheySay() {
    reconcile(SampleRun.of(1).image("team/job", "1", "linux/amd64", "a", ON_OS, inBase(SHELL)));

    TicketPlan both =
        reconcile(
            SampleRun.of(2)
                .image("base/os", "1", "linux/amd64", "b", inBase(SHELL))
                .image("team/job", "1", "linux/amd64", "a", ON_OS, inBase(SHELL)));

    assertThat(both.actions())
        .extracting(TicketAction::kind, TicketAction::title)
        .containsExactly(
            tuple(Kind.CREATE, "base/os: 1 rule to fix (high)"),
            tuple(Kind.UPDATE, "team/job: 1 rule to end by a fixed base"));

    TicketPlan fixed =
        reconcile(
            SampleRun.of(3)
                .image("base/os", "1", "linux/amd64", "new", pass(SHELL))
                .image("team/job", "1", "linux/amd64", "a", ON_OS, inBase(SHELL)));

    assertThat(fixed.actions())
        .as("it is to be built again on the base that is fixed")
        .extracting(TicketAction::kind, TicketAction::title)
        .containsExactly(
            tuple(Kind.CLOSE, "base/os: nothing to fix any more"),
            tuple(Kind.UPDATE, "team/job: 1 rule to fix (high)"));
  }

  @Test
  void runThatDoesNotLookAtWhatInheritsForgetsNoneOfIt() {
    reconcile(
        SampleRun.of(1)
            .image("base/os", "1", "linux/amd64", "b", inBase(SHELL))
            .image("team/job", "1", "linux/amd64", "a", ON_OS, inBase(SHELL)));

    TicketPlan base =
        reconcile(
            SampleRun.of(2, "localhost:5000/base/os")
                .image("base/os", "1", "linux/amd64", "b", inBase(SHELL)));

    assertThat(base.changesNothing()).isTrue();
    reconcile(SampleRun.of(3).image("base/os", "1", "linux/amd64", "b", inBase(SHELL)));
    assertThat(only().inheritedBy()).as("team/job is known to be gone").isEmpty();
  }

  /** Images on images on images, of which any fails anything, run after run. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverFailsIsInTheTicketOfItsLineOrOfABaseThatFailsByIt(long seed) {
    Random random = new Random(seed);
    List<String> repositories = List.of("a", "b", "c", "d", "e");
    int inherited = 0;
    for (int number = 1; number <= 12; number++) {
      SampleRun run = SampleRun.of(number);
      for (String repository : repositories) {
        for (String tag : List.of("1", "2", "x")) {
          if (random.nextInt(5) > 0) {
            run.image(
                repository,
                tag,
                "linux/amd64",
                "same",
                facts(random, repositories),
                outcome(random, SHELL),
                outcome(random, CURL),
                outcome(random, ROOT));
          }
        }
      }
      reconcile(run);
      assertToldSomewhere(run);
      inherited +=
          records().stream().mapToInt(one -> one.findings().size() - one.own().size()).sum();
    }
    assertThat(inherited).isPositive();
  }

  private static String facts(Random random, List<String> repositories) {
    List<String> ancestors = new ArrayList<>();
    List<String> layers = new ArrayList<>();
    int depth = random.nextInt(4);
    for (int layer = 0; layer <= depth; layer++) {
      layers.add("{\"index\": %d}".formatted(layer));
      if (layer > 0 && random.nextInt(4) > 0) {
        ancestors.add(
            SampleRun.ancestor(
                repositories.get(random.nextInt(repositories.size())),
                List.of("1", "2", "x").get(random.nextInt(3)),
                "same",
                layer));
      }
    }
    return "{\"layers\": " + layers + ", \"base\": {\"lineage\": " + ancestors + "}}";
  }

  private static Outcome outcome(Random random, String rule) {
    return switch (random.nextInt(8)) {
      case 0 -> unknown(rule);
      case 1 -> waived(rule, Severity.HIGH);
      case 2 -> pass(rule);
      case 3 -> fail(rule, Severity.HIGH);
      default -> {
        List<String> items = new ArrayList<>();
        for (int item = 0; item <= random.nextInt(2); item++) {
          items.add("{\"layer\": %d}".formatted(random.nextInt(4)));
        }
        yield fail(rule, Severity.HIGH, "No.", "{\"items\": " + items + "}");
      }
    };
  }

  private void assertToldSomewhere(SampleRun run) {
    Map<TicketKey, TicketRecord> open = new HashMap<>();
    records().stream()
        .filter(ticket -> ticket.state() == TicketState.OPEN)
        .forEach(ticket -> assertThat(open.put(ticket.key(), ticket)).isNull());
    run.forEachImage(image -> {
      TicketKey key = TicketKey.of(image);
      for (Outcome outcome : image.outcomes()) {
        if (LineSummary.failsWith(outcome, Severity.LOW)) {
          TicketRecord own = open.get(key);
          boolean told =
              (own != null && rules(own.own()).contains(outcome.rule()))
                  || open.values().stream()
                      .anyMatch(base ->
                          base.inheritedBy().contains(key)
                              && rules(base.own()).contains(outcome.rule()));
          assertThat(told).as("%s on %s", outcome.rule(), image.reference()).isTrue();
        }
      }
    });
  }

  private static final String ON_OS = SampleRun.on("base/os", "1", "b");

  private static Outcome inBase(String rule) {
    return fail(rule, Severity.HIGH, "No.", "{\"items\": [{\"name\": \"sh\", \"layer\": 0}]}");
  }

  private static Outcome inBaseAndAbove(String rule) {
    return fail(rule, Severity.HIGH, "No.", "{\"items\": [{\"layer\": 0}, {\"layer\": 1}]}");
  }

  private static List<String> rules(List<TicketFinding> findings) {
    return findings.stream().map(TicketFinding::rule).distinct().toList();
  }

  private List<TicketRecord> records() {
    return new FileTracker(directory).known().tickets().stream().map(KnownTicket::data).toList();
  }

  @Test
  void lineOfWhichNoImageIsLeftCloses() {
    reconcile(SampleRun.of(1).image("team/app", "1.0", fail(SHELL, Severity.HIGH)));

    assertThat(reconcile(SampleRun.of(2)).actions())
        .extracting(TicketAction::kind, TicketAction::reason)
        .containsExactly(tuple(Kind.CLOSE, "no image of this line is left"));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:5000/other",
    "localhost:5000/team/*/x",
    "localhost:5000/team",
    "localhost:5001",
    "localhost:5000/team/app:latest",
    "image:localhost:5000/team/app",
    "oci:layout",
    "k8s:cluster"
  })
  void whatIsOutsideTheTargetsStaysOpen(String target) {
    reconcile(SampleRun.of(1).image("team/app", "1.0", fail(SHELL, Severity.HIGH)));

    TicketPlan plan = reconcile(SampleRun.of(2, target));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.kept()).hasSize(1);
    assertThat(only().state()).isEqualTo(TicketState.OPEN);
  }

  @Test
  void absenceFromAListSaysNothing() {
    reconcile(SampleRun.of(1).image("team/app", "1.0", fail(SHELL, Severity.HIGH)));

    TicketPlan plan = reconcile(SampleRun.of(2).withoutAsking());

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.kept()).hasSize(1);
  }

  @Test
  void fixedTagDoesNotCloseTheTicketOfAnotherTagThatWasNotLookedAt() {
    reconcile(
        SampleRun.of(1)
            .image("team/app", "1.0", fail(SHELL, Severity.HIGH))
            .image("team/app", "1.1", fail(SHELL, Severity.HIGH)));

    TicketPlan plan =
        reconcile(
            SampleRun.of(2, "localhost:5000/team/app:1.1").image("team/app", "1.1", pass(SHELL)));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.kept())
        .singleElement()
        .satisfies(kept ->
            assertThat(kept.reason())
                .isEqualTo("1 of its failing images were not among those that this run covered"));

    assertThat(
            reconcile(
                    SampleRun.of(3, "localhost:5000/team/app:1.0", "localhost:5000/team/app:1.1")
                        .image("team/app", "1.0", pass(SHELL))
                        .image("team/app", "1.1", pass(SHELL)))
                .count(Kind.CLOSE))
        .isEqualTo(1);
  }

  @Test
  void platformThatWasNotLookedAtKeepsTheTicketOpen() {
    reconcile(
        SampleRun.of(1)
            .image("team/app", "1.0", "linux/amd64", "a", fail(SHELL, Severity.HIGH))
            .image("team/app", "1.0", "linux/arm64", "a", fail(SHELL, Severity.HIGH)));

    TicketPlan plan =
        reconcile(
            SampleRun.of(2, "localhost:5000/team/app:1.0")
                .image("team/app", "1.0", pass(SHELL))
                .everyPlatform(false));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.kept()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:5000, registry",
    "http://localhost:5000, registry",
    "localhost:5000/team/app, repository",
    "localhost:5000/team/app:1.0, manifest",
    "localhost:5000/team/app:1.7, layer",
    "localhost:5000/team/app:latest, config",
    "localhost:5000/team/app@sha256:00, layer",
    "localhost:5000/team/app:1.0@sha256:00, layer"
  })
  void whatCouldNotBeInspectedStaysOpen(String reference, String stage) {
    reconcile(SampleRun.of(1).image("team/app", "1.0,latest", fail(SHELL, Severity.HIGH)));

    TicketPlan plan = reconcile(SampleRun.of(2).notInspected(reference, stage, "503"));

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.kept())
        .extracting(KeptTicket::reason)
        .containsExactly(reference + " could not be inspected: 503");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:5000/team/app2, repository",
    "localhost:5000/team/app/sub, repository",
    "localhost:5000/team/app:main-3f2a9c1, manifest",
    "localhost:5001, registry"
  })
  void whatCouldNotBeInspectedElsewhereKeepsNothingOpen(String reference, String stage) {
    reconcile(SampleRun.of(1).image("team/app", "1.0", fail(SHELL, Severity.HIGH)));

    assertThat(reconcile(SampleRun.of(2).notInspected(reference, stage, "503")).count(Kind.CLOSE))
        .isEqualTo(1);
  }

  @Test
  void factThatCouldNotBeMeasuredAgainFixesNothing() {
    reconcile(SampleRun.of(1).image("team/app", "1.0", fail(SHELL, Severity.HIGH)));

    TicketPlan kept = reconcile(SampleRun.of(2).image("team/app", "1.0", unknown(SHELL)));

    assertThat(kept.actions()).isEmpty();
    assertThat(kept.kept())
        .extracting(KeptTicket::reason)
        .containsExactly("what failed could not be measured again");

    SampleRun third =
        SampleRun.of(3).image("team/app", "1.0", unknown(SHELL), fail(CURL, Severity.LOW));
    assertThat(reconcile(third).count(Kind.UPDATE)).isEqualTo(1);
    assertThat(only().findings()).extracting(TicketFinding::rule).containsExactly(SHELL, CURL);
    assertThat(reconcile(third).changesNothing()).isTrue();

    assertThat(
            reconcile(SampleRun.of(4).image("team/app", "1.0", pass(SHELL), pass(CURL)))
                .count(Kind.CLOSE))
        .isEqualTo(1);
  }

  @Test
  void findingsThatWereNotLookedAtStandBesideNewOnesAndStayWithoutChange() {
    reconcile(
        SampleRun.of(1)
            .image("team/app", "1.0", fail(SHELL, Severity.HIGH))
            .image("team/app", "1.1", fail(SHELL, Severity.HIGH)));
    SampleRun partial =
        SampleRun.of(2, "localhost:5000/team/app:1.1")
            .image("team/app", "1.1", pass(SHELL), fail(CURL, Severity.LOW));

    assertThat(reconcile(partial).actions())
        .extracting(TicketAction::kind, TicketAction::reason)
        .containsExactly(tuple(Kind.UPDATE, "1 new, other images"));

    assertThat(only().findings()).extracting(TicketFinding::rule).containsExactly(SHELL, CURL);
    assertThat(only().findings().getFirst().images())
        .extracting(position -> only().images().get(position).name())
        .containsExactly("1.0");
    assertThat(files().values()).singleElement().asString().contains("## Not covered by this run");
    assertThat(reconcile(partial).changesNothing()).isTrue();
  }

  @Test
  void waivedFindingClosesTheTicketAndSaysSo() {
    reconcile(SampleRun.of(1).image("team/app", "1.0", fail(SHELL, Severity.HIGH)));

    TicketPlan plan =
        reconcile(SampleRun.of(2).image("team/app", "1.0", waived(SHELL, Severity.HIGH)));

    assertThat(plan.actions())
        .extracting(TicketAction::kind, TicketAction::reason)
        .containsExactly(tuple(Kind.CLOSE, "1 waived"));
    assertThat(files().values())
        .singleElement()
        .asString()
        .contains("until 2027-03-01 by `team-a`, `OPS-12`: needed until the move");
  }

  @Test
  void findingsBelowTheMinimumOpenNoTicket() {
    SampleRun run =
        SampleRun.of(1)
            .image("a", "1", fail(SHELL, Severity.NOTE))
            .image("b", "1", fail(SHELL, Severity.MEDIUM))
            .image("c", "1", fail(SHELL, Severity.HIGH), fail(CURL, Severity.LOW));

    assertThat(reconciler(TicketOptions.DEFAULT, run).plan(run).actions())
        .extracting(action -> action.key().repository())
        .containsExactly("b", "c");
    reconciler(new TicketOptions(Severity.HIGH, 50, false), run).reconcile(run);
    assertThat(only().findings()).extracting(TicketFinding::rule).containsExactly(SHELL);
  }

  @Test
  void newTicketsBeyondTheLimitAreListedWorstFirst() {
    SampleRun run =
        SampleRun.of(1)
            .image("a", "1", fail(SHELL, Severity.LOW))
            .image("b", "1", fail(SHELL, Severity.CRITICAL))
            .image("c", "1", fail(SHELL, Severity.MEDIUM))
            .image("d", "1", fail(SHELL, Severity.HIGH));
    TicketReconciler reconciler = reconciler(new TicketOptions(Severity.LOW, 2, false), run);

    TicketPlan plan = reconciler.reconcile(run);

    assertThat(plan.actions())
        .extracting(action -> action.key().repository())
        .containsExactly("b", "d");
    assertThat(plan.deferred())
        .extracting(action -> action.key().repository())
        .containsExactly("c", "a");
    assertThat(reconciler.reconcile(run).actions()).as("the same run again").isEmpty();
    assertThat(
            reconciler
                .reconcile(
                    SampleRun.of(2)
                        .image("a", "1", "linux/amd64", "run1", fail(SHELL, Severity.LOW))
                        .image("b", "1", "linux/amd64", "run1", fail(SHELL, Severity.CRITICAL))
                        .image("c", "1", "linux/amd64", "run1", fail(SHELL, Severity.MEDIUM))
                        .image("d", "1", "linux/amd64", "run1", fail(SHELL, Severity.HIGH)))
                .actions())
        .as("the next run")
        .extracting(action -> action.key().repository())
        .containsExactly("a", "c");
  }

  @Test
  void earlierRunDoesNotChangeATicketBack() {
    SampleRun first = SampleRun.of(1).image("a", "1", fail(SHELL, Severity.HIGH));
    reconcile(first);
    reconcile(SampleRun.of(2).image("a", "1", pass(SHELL)));

    TicketPlan plan = reconcile(first);

    assertThat(plan.actions()).isEmpty();
    assertThat(plan.kept())
        .extracting(KeptTicket::reason)
        .containsExactly("a later run has already brought it up to date");
  }

  @Test
  void thousandsOfFailingImagesOfALineFitOneTicket() {
    SampleRun run = SampleRun.of(1);
    for (int build = 0; build < 1_000; build++) {
      run.image("team/app", "build-" + build, fail(SHELL, Severity.HIGH));
    }

    reconcile(run);

    assertThat(only().images()).hasSize(TicketRecord.MAX_IMAGES);
    assertThat(only().imagesOmitted()).isEqualTo(800);
    assertThat(reconcile(run).changesNothing()).isTrue();
    assertThat(reconcile(SampleRun.of(2, "localhost:5000/team/app:build-1")).actions())
        .as("not all of them were looked at")
        .isEmpty();
    assertThat(reconcile(SampleRun.of(3)).count(Kind.CLOSE)).isEqualTo(1);
  }

  @Test
  void notesOfPeopleAreKept() throws IOException {
    reconcile(SampleRun.of(1).image("a", "1", fail(SHELL, Severity.HIGH)));
    Path file = onlyFile();
    String notes = "\nAsked team-b. ---\n\n<b>ümlaut</b>\r\n" + TicketFile.NOTES + "\nlast line";
    Files.writeString(file, Files.readString(file).stripTrailing() + "\n" + notes);

    reconcile(SampleRun.of(2).image("a", "2", fail(SHELL, Severity.HIGH)));
    assertThat(Files.readString(file)).contains("run-2").endsWith(TicketFile.NOTES + "\n" + notes);

    reconcile(SampleRun.of(3).image("a", "2", pass(SHELL)));
    reconcile(SampleRun.of(4).image("a", "2", fail(SHELL, Severity.HIGH)));
    assertThat(Files.readString(file)).endsWith(TicketFile.NOTES + "\n" + notes);
  }

  @Test
  void fileSavedWithWindowsLineEndsIsStillATicket() throws IOException {
    reconcile(SampleRun.of(1).image("a", "1", fail(SHELL, Severity.HIGH)));
    Path file = onlyFile();
    Files.writeString(file, Files.readString(file).replace("\n", "\r\n") + "my note\r\n");

    assertThat(reconcile(SampleRun.of(2).image("a", "1", pass(SHELL))).count(Kind.CLOSE))
        .isEqualTo(1);
    assertThat(Files.readString(file)).endsWith("my note\r\n");
  }

  @Test
  void renamedFileIsStillTheTicket() throws IOException {
    reconcile(SampleRun.of(1).image("a", "1", fail(SHELL, Severity.HIGH)));
    Files.move(onlyFile(), directory.resolve("our favourite.md"));

    reconcile(SampleRun.of(2).image("a", "1", pass(SHELL)));

    assertThat(onlyFile()).hasFileName("our favourite.md");
    assertThat(only().state()).isEqualTo(TicketState.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({
    "state: \"open\", state: \"ajar\", state",
    "tare-ticket: 1, tare-ticket: 7, tare-ticket",
    "---, ===, front matter",
    "opened: \", opened: \"about , opened",
    "<!-- tare:notes, <!-- gone, notes"
  })
  void corruptedTicketIsReportedAndNotOverwritten(String text, String instead, String named)
      throws IOException {
    SampleRun run =
        SampleRun.of(1)
            .image("a", "1", fail(SHELL, Severity.HIGH))
            .image("b", "1", fail(SHELL, Severity.HIGH));
    reconcile(run);
    Path file = directory.resolve(FileTracker.fileName(key("a")));
    String corrupted = Files.readString(file).replace(text, instead);
    Files.writeString(file, corrupted);

    TicketPlan plan =
        reconcile(
            SampleRun.of(2)
                .image("a", "2", fail(SHELL, Severity.HIGH))
                .image("b", "2", fail(SHELL, Severity.HIGH)));

    assertThat(plan.unreadable())
        .singleElement()
        .satisfies(unreadable -> {
          assertThat(unreadable.location()).isEqualTo(file.toString());
          assertThat(unreadable.reason()).contains(named);
        });
    assertThat(plan.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.message()).contains("in its place"));
    assertThat(plan.actions())
        .extracting(TicketAction::kind, action -> action.key().repository())
        .containsExactly(tuple(Kind.UPDATE, "b"));
    assertThat(Files.readString(file)).isEqualTo(corrupted);
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void unreadableBytesAndSecondTicketsAreReportedAndOtherFilesLeftAlone() throws IOException {
    reconcile(SampleRun.of(1).image("a", "1", fail(SHELL, Severity.HIGH)));
    Files.copy(onlyFile(), directory.resolve("zz-copy.0123456789abcdef.md"));
    Files.write(directory.resolve("b.0000000000000000.md"), new byte[] {'-', (byte) 0xff, 0});
    Files.writeString(directory.resolve("README.md"), "# About these tickets");
    Files.writeString(directory.resolve("huge.1111111111111111.md"), "x".repeat(1 << 22));

    TicketPlan plan = reconcile(SampleRun.of(2));

    assertThat(plan.unreadable())
        .extracting(UnreadableTicket::reason)
        .satisfiesExactlyInAnyOrder(
            reason -> assertThat(reason).contains("second ticket"),
            reason -> assertThat(reason).isEqualTo("is not UTF-8"),
            reason -> assertThat(reason).isEqualTo("is longer than 2097152 bytes"));
    assertThat(directory.resolve("README.md")).hasContent("# About these tickets");
  }

  @Test
  void trackerDirectoryThatIsAFileIsAnError() throws IOException {
    Path file = Files.writeString(directory.resolve("tickets"), "");
    TicketReconciler reconciler =
        reconciler(new FileTracker(file), TicketOptions.DEFAULT, SampleRun.of(1));

    assertThatThrownBy(() -> reconciler.plan(SampleRun.of(1)))
        .isInstanceOf(TareException.class)
        .hasMessageContaining("read tickets in " + file);
  }

  @Test
  void ticketThatCannotBeWrittenLosesNoOther() {
    FaultyTracker tracker = new FaultyTracker("b", null);
    SampleRun run = threeFailing();

    TicketPlan plan = reconciler(tracker, TicketOptions.DEFAULT, run).reconcile(run);

    assertThat(plan.actions())
        .extracting(action -> action.key().repository())
        .containsExactly("a", "c");
    assertThat(plan.failures())
        .extracting(failure -> failure.action().key().repository(), TicketFailure::retryHelps)
        .containsExactly(tuple("b", false));

    tracker.broken = "";
    TicketPlan again = reconciler(tracker, TicketOptions.DEFAULT, run).reconcile(run);
    assertThat(again.actions())
        .extracting(action -> action.key().repository())
        .containsExactly("b");
    assertThat(again.failures()).isEmpty();
  }

  @Test
  void trackerThatAsksToWaitIsNotAskedAgainInThisCall() {
    FaultyTracker tracker = new FaultyTracker("b", Duration.ofSeconds(90));

    SampleRun run = threeFailing();
    TicketPlan plan = reconciler(tracker, TicketOptions.DEFAULT, run).reconcile(run);

    assertThat(plan.actions()).extracting(action -> action.key().repository()).containsExactly("a");
    assertThat(plan.failures())
        .extracting(
            failure -> failure.action().key().repository(),
            TicketFailure::retryHelps,
            TicketFailure::retryAfter)
        .containsExactly(
            tuple("b", true, Duration.ofSeconds(90)), tuple("c", true, Duration.ofSeconds(90)));
    assertThat(tracker.attempts).containsExactly("a", "b");
  }

  @Test
  void onlySoManyCloseWhereNoImageIsLeft() {
    reconcile(failing(SampleRun.of(1), 80));

    TicketPlan plan = reconcile(SampleRun.of(2));

    assertThat(plan.count(Kind.CLOSE)).as("of 50 open tickets").isEqualTo(5);
    assertThat(plan.waiting())
        .hasSize(45)
        .extracting(WaitingTicket::cause)
        .containsOnly(ClosingCause.GONE);
    assertThat(ledger.closings()).hasSize(5);
    assertThat(reconcile(SampleRun.of(8)).count(Kind.CLOSE)).as("six days later").isZero();
    assertThat(reconcile(SampleRun.of(9)).count(Kind.CLOSE)).as("seven days later").isEqualTo(5);
    SampleRun last = SampleRun.of(10);
    assertThat(
            reconciler(TicketOptions.DEFAULT.allowingClosing(), last)
                .reconcile(last)
                .count(Kind.CLOSE))
        .isEqualTo(40);
    assertThat(ledger.closings()).as("what somebody allowed is not counted").hasSize(10);
  }

  @Test
  void asManyCloseAsWereFixed() {
    reconcile(failing(SampleRun.of(1), 50));
    SampleRun fixed = SampleRun.of(2);
    for (int number = 0; number < 50; number++) {
      fixed.image("r" + number, "1", pass(SHELL));
    }

    assertThat(reconcile(fixed).count(Kind.CLOSE)).isEqualTo(50);
    assertThat(ledger.closings()).isEmpty();
  }

  @Test
  void onlySoManyCloseWhereSomethingElseJudgesThanWhenTheyFailed() {
    reconcile(failing(SampleRun.of(1), 50));
    SampleRun otherwise = SampleRun.of(2).judgedBy("fewer rules");
    SampleRun later = SampleRun.of(3).judgedBy("fewer rules");
    for (int number = 0; number < 50; number++) {
      otherwise.image("r" + number, "1", pass(CURL));
      later.image("r" + number, "1", pass(CURL));
    }

    TicketPlan plan = reconcile(otherwise);

    assertThat(plan.actions())
        .extracting(TicketAction::kind, TicketAction::reason)
        .containsOnly(
            tuple(Kind.CLOSE, "1 no longer found, by other rules or settings than before"))
        .hasSize(5);
    assertThat(plan.waiting())
        .extracting(WaitingTicket::cause)
        .containsOnly(ClosingCause.JUDGED_OTHERWISE);
    assertThat(reconcile(later).count(Kind.CLOSE)).as("the next night").isZero();
  }

  /** As where somebody says --min-severity high from now on. */
  @Test
  void onlySoManyCloseBecauseTheirFindingsAreOfTooLittleSeverityNow() {
    TicketOptions severe = TicketOptions.from(Severity.HIGH);
    SampleRun first = SampleRun.of(1);
    SampleRun second = SampleRun.of(2);
    for (int number = 0; number < 49; number++) {
      first.image("r" + number, "1", "linux/amd64", "b", fail(SHELL, Severity.MEDIUM));
      second.image("r" + number, "1", "linux/amd64", "b", fail(SHELL, Severity.MEDIUM));
    }
    first.image("severe", "1", "linux/amd64", "b", fail(SHELL, Severity.HIGH));
    second.image("severe", "1", "linux/amd64", "b", fail(SHELL, Severity.HIGH));
    assertThat(reconcile(first).count(Kind.CREATE)).isEqualTo(50);

    TicketPlan plan = reconciler(severe, second).reconcile(second);

    assertThat(plan.actions())
        .filteredOn(action -> action.kind() == Kind.CLOSE)
        .extracting(TicketAction::reason)
        .containsOnly("1 no longer found, by other rules or settings than before")
        .hasSize(5);
    assertThat(plan.waiting())
        .extracting(WaitingTicket::cause)
        .containsOnly(ClosingCause.JUDGED_OTHERWISE);
  }

  @Test
  void findingsOfTooLittleSeverityOpenNoTicket() {
    SampleRun run =
        SampleRun.of(1)
            .image("a", "1", fail(SHELL, Severity.MEDIUM))
            .image("b", "1", fail(SHELL, Severity.HIGH), fail(ROOT, Severity.LOW));

    reconciler(TicketOptions.from(Severity.HIGH), run).reconcile(run);

    assertThat(only().findings()).extracting(TicketFinding::rule).containsExactly(SHELL);
    assertThat(TicketOptions.from(Severity.NOTE)).isEqualTo(TicketOptions.DEFAULT);
  }

  @Test
  void runOlderThanTheLastThatFailedClosesNothing() {
    SampleRun first =
        SampleRun.of(1).image("a", "1", "linux/amd64", "b", fail(SHELL, Severity.HIGH));
    SampleRun second = SampleRun.of(2);
    reconcile(first);
    reconcile(SampleRun.of(3).image("a", "1", "linux/amd64", "b", fail(SHELL, Severity.HIGH)));

    assertThat(
            reconciler(TicketOptions.DEFAULT.allowingClosing(), second).reconcile(second).actions())
        .isEmpty();
  }

  private static SampleRun failing(SampleRun run, int repositories) {
    for (int number = 0; number < repositories; number++) {
      run.image("r" + number, "1", fail(SHELL, Severity.HIGH));
    }
    return run;
  }

  private static SampleRun threeFailing() {
    return SampleRun.of(1)
        .image("a", "1", fail(SHELL, Severity.HIGH))
        .image("b", "1", fail(SHELL, Severity.HIGH))
        .image("c", "1", fail(SHELL, Severity.HIGH));
  }

  private TicketReconciler reconciler(TicketOptions options, SampleRun run) {
    return reconciler(new FileTracker(directory), options, run);
  }

  private TicketReconciler reconciler(TicketTracker tracker, TicketOptions options, SampleRun run) {
    return new TicketReconciler(
        tracker, options, run, run.judging(), ledger, List::of, () -> run.run().finishedAt());
  }

  private TicketPlan reconcile(SampleRun run) {
    TicketPlan plan = reconciler(TicketOptions.DEFAULT, run).reconcile(run);
    for (TicketAction action : plan.actions()) {
      assertThat(action.location()).isNotNull();
    }
    return plan;
  }

  private TicketRecord only() {
    KnownTickets known = new FileTracker(directory).known();
    assertThat(known.unreadable()).isEmpty();
    assertThat(known.tickets()).hasSize(1);
    return known.tickets().getFirst().data();
  }

  private static TicketKey key(String repository) {
    return new TicketKey(SampleRun.REGISTRY, repository, TagLine.of("1"));
  }

  private Path onlyFile() {
    assertThat(files()).hasSize(1);
    return directory.resolve(files().keySet().iterator().next());
  }

  private Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    try (var entries = Files.list(directory)) {
      for (Path file : entries.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** A tracker in memory that refuses the tickets of one repository. */
  private static final class FaultyTracker implements TicketTracker {
    private final Map<String, KnownTicket> tickets = new HashMap<>();
    private final List<String> attempts = new ArrayList<>();
    private final @Nullable Duration retryAfter;
    private String broken;

    FaultyTracker(String broken, @Nullable Duration retryAfter) {
      this.broken = broken;
      this.retryAfter = retryAfter;
    }

    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public String place() {
      return "faulty";
    }

    @Override
    public KnownTickets known() {
      return new KnownTickets(List.copyOf(tickets.values()), List.of());
    }

    @Override
    public String write(Ticket ticket, @Nullable String location) {
      String repository = ticket.data().key().repository();
      attempts.add(repository);
      if (repository.equals(broken)) {
        throw retryAfter == null
            ? new TareException(FailureKind.ENVIRONMENT, "write ticket: 422")
            : new TicketUnavailableException("write ticket: 429", retryAfter, null);
      }
      tickets.put(repository, new KnownTicket(ticket.data(), "#" + repository));
      return "#" + repository;
    }
  }
}
