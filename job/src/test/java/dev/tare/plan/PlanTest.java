package dev.tare.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.ActionKind;
import dev.tare.finding.BasePrediction;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.Severity;
import dev.tare.finding.SmallerBase;
import dev.tare.finding.Worth;
import dev.tare.plan.PlannedRun.Built;
import dev.tare.testing.SampleRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final PlannedRun run =
      new PlannedRun()
          .rule("SHELL", ActionKind.BASE)
          .rule("CLASS", ActionKind.BASE)
          .rule("TOOL", ActionKind.INSTALL)
          .rule("ROOT", ActionKind.USER)
          .rule("SIZE", ActionKind.STAGES)
          .rule("CACHE", ActionKind.CLEANUP)
          .rule("TARE-LEFT-001", ActionKind.CLEANUP)
          .rule("TARE-PKG-010", ActionKind.INSTALL)
          .rule("TARE-USER-001", ActionKind.USER)
          .rule("OUTDATED", ActionKind.REBUILD)
          .rule("KEY", ActionKind.SECRET);
  private final Built debian = run.image("r:5000/base/debian:12").layer("debian", "ADD rootfs /");

  private Plan plan(ReportedBase... bases) {
    return Plan.of(run, List.of(bases));
  }

  private static List<String> titles(Plan plan) {
    return plan.actions().stream().map(Action::title).toList();
  }

  @Test
  void whatABaseBringsEndsWithTheBaseForAllThatInheritIt() {
    Built web = run.image("r:5000/team/web:1").on(debian).layer("web", "COPY web /");
    Built api = run.image("r:5000/team/api:1").on(debian).layer("api", "COPY api /");
    run.fails(
        debian,
        "SHELL",
        Severity.HIGH,
        "{'origin': 'unknown', 'items': [{'layer': 0, 'inBase': null}]}");
    for (Built image : List.of(web, api)) {
      run.fails(
          image,
          "SHELL",
          Severity.HIGH,
          "{'origin': 'base', 'items': [{'layer': 0, 'inBase': true}]}");
      run.fails(image, "CLASS", Severity.MEDIUM, "{'found': 'full'}");
    }

    Action action = plan().actions().getFirst();
    assertThat(plan().actions()).hasSize(1);
    assertThat(action.title()).isEqualTo("Change the base r:5000/base/debian:12");
    assertThat(action.images())
        .extracting(PlannedImage::reference)
        .containsExactly("r:5000/base/debian:12", "r:5000/team/api:1", "r:5000/team/web:1");
    assertThat(action.ends()).isEqualTo(Map.of(Severity.HIGH, 3, Severity.MEDIUM, 2));
  }

  @Test
  void theBaseThatBroughtTheLayerIsMeantNotTheNearest() {
    Built java = run.image("r:5000/base/java:21").on(debian).layer("java", "RUN install java");
    Built web = run.image("r:5000/team/web:1").on(java).layer("web", "COPY web /");
    run.fails(web, "TOOL", Severity.HIGH, "{'items': [{'layer': 0, 'inBase': true}]}");
    run.fails(web, "SHELL", Severity.LOW, "{'items': [{'layer': 1, 'inBase': true}]}");

    assertThat(titles(plan()))
        .containsExactly(
            "Change the base r:5000/base/debian:12", "Change the base r:5000/base/java:21");
  }

  /** Whose a shell is nobody knows then, so that installing less is not what ends it. */
  @Test
  void baseThatIsOnlyProbableIsSaidToBe() {
    Built web =
        run.image("r:5000/team/web:1")
            .layer("os", "ADD rootfs /")
            .probablyOn("docker.io/library/x");
    run.fails(web, "CLASS", Severity.MEDIUM, "{'found': 'full'}");
    run.fails(web, "SHELL", Severity.LOW, "{'items': [{'layer': 0, 'inBase': null}]}");

    assertThat(titles(plan()))
        .containsExactly(
            "Change the base docker.io/library/x (probably)",
            "Build r:5000/team/web:1 on another base");
  }

  /** The layer is known, and not how many of them are the base's. */
  @Test
  void layerOverABaseThatIsOnlyProbableIsNotSaidToBeOwn() {
    Built web =
        run.image("r:5000/team/web:1")
            .layer("os", "ADD rootfs /")
            .probablyOn("docker.io/library/x");
    run.fails(web, "TOOL", Severity.LOW, "{'items': [{'layer': 0, 'inBase': null}]}");

    assertThat(plan().actions()).singleElement().extracting(Action::own).isNull();
  }

  @Test
  void baseOfSeveralPlatformsIsOneAction() {
    PlannedRun indexes = new PlannedRun().rule("SHELL", ActionKind.BASE);
    List<ReportedBase> bases = new ArrayList<>();
    for (String platform : List.of("linux/amd64", "linux/arm64")) {
      Built base = new Built("r:5000/base/debian:12", platform).layer(platform, "ADD rootfs /");
      Built slim = new Built("r:5000/base/slim:12", platform);
      Built web = indexes.image("r:5000/team/web:1", platform).on(base).layer("w" + platform, "");
      indexes.fails(web, "SHELL", Severity.HIGH, "{'items': [{'layer': 0, 'inBase': true}]}");
      bases.add(base(base, smaller(slim, 60)));
    }
    Plan plan = Plan.of(indexes, bases);
    assertThat(titles(plan)).containsExactly("Change the base r:5000/base/debian:12");
    Action action = plan.actions().getFirst();
    assertThat(action.ends()).isEqualTo(Map.of(Severity.HIGH, 2));
    // Two layers of 100 bytes go, two images of 40 come.
    assertThat(action.saves()).isEqualTo(new Saving(120, 60, false));
  }

  @Test
  void whatTwoBringEndsWithTheSecondOfThem() {
    Built web = run.image("r:5000/team/web:1").on(debian).layer("web", "RUN install wget");
    run.fails(
        web,
        "TOOL",
        Severity.HIGH,
        "{'origin': 'mixed', 'items': [{'layer': 0, 'inBase': true}, {'layer': 1, 'inBase':"
            + " false}]}");
    run.fails(web, "SHELL", Severity.LOW, "{'items': [{'layer': 0, 'inBase': true}]}");

    Plan plan = plan();
    assertThat(titles(plan))
        .containsExactly(
            "Change the base r:5000/base/debian:12", "Install less in r:5000/team/web:1");
    assertThat(plan.actions().getFirst().ends()).isEqualTo(Map.of(Severity.LOW, 1));
    assertThat(plan.actions().getLast().ends()).isEqualTo(Map.of(Severity.HIGH, 1));
    assertThat(plan.actions().getLast().steps()).containsExactly("RUN install wget");
  }

  @Test
  void restOfABoundedListIsNotForgotten() {
    Built web = run.image("r:5000/team/web:1").on(debian).layer("web", "RUN install wget");
    run.fails(
        web, "TOOL", Severity.HIGH, "{'origin': 'mixed', 'items': [{'layer': 0, 'inBase': true}]}");
    assertThat(plan().actions()).hasSize(2);
  }

  @Test
  void ofBudgetsItIsNotKnownWhetherTheyAreMetThen() {
    Built web = run.image("r:5000/team/web:1").layer("web", "COPY web /");
    run.fails(web, "SIZE", Severity.MEDIUM, "{'found': 200, 'allowed': 100, 'origin': 'image'}");

    Action action = plan().actions().getFirst();
    assertThat(action.ends()).isEmpty();
    assertThat(action.aims()).containsExactly("SIZE");
    assertThat(action.rules()).isEmpty();
    assertThat(plan().findings()).isEqualTo(Map.of(Severity.MEDIUM, 1));
  }

  @Test
  void layersThatASizeComesFromDoNotGoWithTheAction() {
    Built web = run.image("r:5000/team/web:1").on(debian).layer("web", "COPY web /");
    String evidence =
        "{'found': 200, 'allowed': 150, 'layers': [{'bytes': 100, 'layer': 1, 'inBase': false},"
            + " {'bytes': 100, 'layer': 0, 'inBase': true}]}";
    run.fails(web, "SIZE", Severity.MEDIUM, evidence);

    assertThat(titles(plan()))
        .containsExactly(
            "Change the base r:5000/base/debian:12", "Build r:5000/team/web:1 in stages");
    assertThat(plan().actions())
        .allSatisfy(action -> {
          assertThat(action.ends()).isEmpty();
          assertThat(action.aims()).containsExactly("SIZE");
          assertThat(action.saves()).isNull();
        });
  }

  @Test
  void onlyFailuresAreWork() {
    for (OutcomeKind kind : Set.of(OutcomeKind.UNKNOWN, OutcomeKind.WAIVED, OutcomeKind.PASS)) {
      run.outcome(debian, "ROOT", kind, Severity.HIGH, "{}");
    }
    assertThat(plan().actions()).isEmpty();
    assertThat(plan().findings()).isEmpty();
  }

  @Test
  void layerThatSeveralImagesShareIsOneActionWhereNoBaseIsKnown() {
    Built web = run.image("r:5000/team/web:1").layer("shared", "RUN install curl");
    Built api = run.image("r:5000/team/api:1").layer("shared", "RUN install curl");
    for (Built image : List.of(web, api)) {
      run.fails(image, "TOOL", Severity.HIGH, "{'items': [{'layer': 0, 'inBase': null}]}");
    }
    assertThat(titles(plan()))
        .containsExactly("Install less in r:5000/team/api:* and 1 more that share a layer");
  }

  @Test
  void buildsOfOneThingAreOneAction() {
    for (String tag : List.of("1.4", "1.5")) {
      Built web = run.image("r:5000/team/web:" + tag).layer("web" + tag, "COPY web /");
      run.fails(web, "ROOT", Severity.HIGH, "{'found': null}");
    }
    assertThat(titles(plan())).containsExactly("Set a user in r:5000/team/web:*");
  }

  @Test
  void whatIsWorthMostComesFirst() {
    Built a = run.image("r:5000/team/a:1").layer("a", "COPY a /");
    Built b = run.image("r:5000/team/b:1").layer("b", "COPY b /");
    for (int i = 0; i < 9; i++) {
      run.fails(a, "TOOL", Severity.HIGH, "{}");
    }
    run.fails(b, "KEY", Severity.CRITICAL, "{}");
    run.fails(b, "ROOT", Severity.NOTE, "{}");
    assertThat(titles(plan()))
        .containsExactly(
            "Remove and revoke the secrets in r:5000/team/b:1",
            "Install less in r:5000/team/a:1",
            "Set a user in r:5000/team/b:1");
  }

  @Test
  void smallerImageIsProposedWithWhatItCameToItself() {
    Built web = run.image("r:5000/team/web:1").on(debian).layer("web", "COPY web /");
    Built slim = run.image("r:5000/base/slim:12").layer("slim", "ADD slim /");
    run.fails(web, "SHELL", Severity.HIGH, "{'items': [{'layer': 0, 'inBase': true}]}");
    run.fails(web, "TOOL", Severity.HIGH, "{'items': [{'layer': 0, 'inBase': true}]}");
    run.fails(web, "CACHE", Severity.LOW, "{'items': [{'layer': 0, 'inBase': true}]}");
    run.outcome(slim, "SHELL", OutcomeKind.PASS, Severity.HIGH, "{}");
    run.outcome(slim, "TOOL", OutcomeKind.UNKNOWN, Severity.HIGH, "{}");
    run.fails(slim, "CACHE", Severity.LOW, "{'items': [{'layer': 0, 'inBase': null}]}");

    Action action = plan(base(smaller(slim, 60))).actions().getFirst();
    Proposal proposal = Objects.requireNonNull(action.proposal());
    assertThat(proposal.passes()).containsExactly("SHELL");
    assertThat(proposal.unknown()).containsExactly("TOOL");
    assertThat(proposal.fails()).containsExactly("CACHE");
    // The base itself keeps its layer: nothing of it changes.
    assertThat(action.saves()).isEqualTo(new Saving(0, 60, false));
  }

  @Test
  void imageThatFailsMoreThanTheBaseIsNotProposed() {
    Built slim = run.image("r:5000/base/slim:12").layer("slim", "ADD slim /");
    run.fails(debian, "SHELL", Severity.HIGH, "{'items': [{'layer': 0, 'inBase': null}]}");
    Built web = run.image("r:5000/team/web:1").on(debian).layer("web", "COPY web /");
    run.fails(web, "SHELL", Severity.HIGH, "{'items': [{'layer': 0, 'inBase': true}]}");
    run.outcome(slim, "SHELL", OutcomeKind.PASS, Severity.HIGH, "{}");
    assertThat(plan(base(smaller(slim, 60))).actions().getFirst().proposal()).isNotNull();

    run.fails(slim, "KEY", Severity.CRITICAL, "{}");

    assertThat(plan(base(smaller(slim, 60))).actions())
        .extracting(Action::proposal)
        .containsOnlyNulls();
  }

  @Test
  void layersOfABaseThatNobodyHasThenCountOnce() {
    PlannedRun others = new PlannedRun().rule("SHELL", ActionKind.BASE);
    Built elsewhere = new Built("r:5000/base/debian:12").layer("debian", "ADD rootfs /");
    Built slim = others.image("r:5000/base/slim:12").layer("slim", "ADD slim /");
    others.outcome(slim, "SHELL", OutcomeKind.PASS, Severity.HIGH, "{}");
    for (String name : List.of("web", "api")) {
      Built image = others.image("r:5000/team/" + name + ":1").on(elsewhere).layer(name, "COPY");
      others.fails(image, "SHELL", Severity.HIGH, "{'items': [{'layer': 0, 'inBase': true}]}");
    }
    Plan plan = Plan.of(others, List.of(base(smaller(slim, 60))));
    assertThat(plan.actions().getFirst().saves()).isEqualTo(new Saving(100, 60, false));
  }

  @Test
  void whatImagesWouldBeOnTheSmallerOneIsAddedUpImageByImage() {
    Built slim = run.image("r:5000/base/slim:12").layer("slim", "ADD slim /");
    run.outcome(slim, "SHELL", OutcomeKind.PASS, Severity.HIGH, "{}");
    Built web = on(debian, "web");
    Built api = on(debian, "api");
    Built old = on(debian, "old");
    Built far = on(debian, "far");
    Built none = on(debian, "none");
    run.fails(web, "TOOL", Severity.LOW, "{}");
    run.fails(web, "ROOT", Severity.MEDIUM, "{}");
    run.outcome(api, "KEY", OutcomeKind.WAIVED, Severity.HIGH, "{}");
    BasePrediction.Vulnerabilities fewer =
        new BasePrediction.Vulnerabilities(Map.of("high", 2), Map.of("low", 1), true);
    web.predicted(
        predicted(slim, BasePrediction.Kind.WHOLE, Map.of("ROOT", Severity.MEDIUM), 40L, fewer));
    api.predicted(
        predicted(
            slim,
            BasePrediction.Kind.IN_PART,
            Map.of("KEY", Severity.HIGH, "CACHE", Severity.LOW),
            -10L,
            fewer));
    old.predicted(nothing(slim, BasePrediction.Kind.REBUILD_NEEDED, "It has no glibc."));
    far.predicted(nothing(slim, BasePrediction.Kind.FAILED, "It is gone."));
    none.predicted(predicted(web, BasePrediction.Kind.WHOLE, Map.of(), 1L, fewer));

    assertThat(prospect(slim))
        .isEqualTo(
            new Prospect(
                2,
                1,
                1,
                2,
                Map.of(Severity.HIGH, 2),
                Map.of(Severity.LOW, 1),
                1,
                1,
                30L,
                new BasePrediction.Vulnerabilities(Map.of("high", 4), Map.of("low", 2), true),
                List.of("It has no glibc."),
                List.of("It is gone.")));
  }

  /** TOOL is unknown there: of an image that has it now it may end, of another it may be added. */
  @Test
  void whatMayBeAddedIsNoWordAboutWhatIs() {
    Built slim = run.image("r:5000/base/slim:12").layer("slim", "ADD slim /");
    run.outcome(slim, "SHELL", OutcomeKind.PASS, Severity.HIGH, "{}");
    Map<String, Severity> cache = Map.of("CACHE", Severity.LOW, "ROOT", Severity.NOTE);
    for (String name : List.of("web", "api", "old")) {
      on(debian, name).predicted(predicted(slim, BasePrediction.Kind.WHOLE, cache, 1L, null));
    }
    Built known = on(debian, "known");
    run.fails(known, "TOOL", Severity.LOW, "{}");
    // Whether these fail now is not known either.
    run.outcome(known, "CACHE", OutcomeKind.UNKNOWN, Severity.LOW, "{}");
    run.outcome(known, "ROOT", OutcomeKind.UNKNOWN, Severity.NOTE, "{}");
    known.predicted(predicted(slim, BasePrediction.Kind.WHOLE, cache, 1L, null));
    Built unknown = on(debian, "unknown");
    run.outcome(unknown, "TOOL", OutcomeKind.UNKNOWN, Severity.MEDIUM, "{}");
    unknown.predicted(predicted(slim, BasePrediction.Kind.WHOLE, Map.of(), 1L, null));
    on(debian, "gone").predicted(nothing(slim, BasePrediction.Kind.FAILED, "It is gone."));

    Prospect prospect = Objects.requireNonNull(prospect(slim));

    assertThat(prospect.adds()).isEqualTo(Map.of(Severity.LOW, 3, Severity.NOTE, 3));
    assertThat(prospect.unknown()).isEqualTo(1);
    assertThat(prospect.mayAdd()).isEqualTo(4);
    assertThat(ProspectText.of(prospect))
        .contains(
            "predicted for 5 of 6 images on it: ends 5 high, adds 3 low; whether 1 more end and 4"
                + " more are added is not known",
            "not predicted of some: It is gone.")
        .noneMatch(clause -> clause.startsWith("against it"));
  }

  @Test
  void nothingIsSaidOfWhatHasToBeRebuilt() {
    Built slim = run.image("r:5000/base/slim:12").layer("slim", "ADD slim /");
    run.outcome(slim, "SHELL", OutcomeKind.PASS, Severity.HIGH, "{}");
    Built web = on(debian, "web");
    assertThat(prospect(slim)).isNull();

    web.predicted(nothing(slim, BasePrediction.Kind.REBUILD_NEEDED, "It has no glibc."));

    assertThat(ProspectText.of(Objects.requireNonNull(prospect(slim))))
        .containsExactly("1 image has to be rebuilt to be known", "against it: It has no glibc.");
  }

  @Test
  void imageOnWhichMoreWouldFailIsNotProposed() {
    Built slim = run.image("r:5000/base/slim:12").layer("slim", "ADD slim /");
    run.outcome(slim, "SHELL", OutcomeKind.PASS, Severity.HIGH, "{}");
    Built web = on(debian, "web");
    web.predicted(
        predicted(slim, BasePrediction.Kind.WHOLE, Map.of("KEY", Severity.CRITICAL), null, null));

    assertThat(plan(base(smaller(slim, 60))).actions())
        .extracting(Action::proposal)
        .containsOnlyNulls();
  }

  /** An image that has a shell from its base. */
  private Built on(Built base, String name) {
    Built image = run.image("r:5000/team/" + name + ":1").on(base).layer(name, "COPY");
    run.fails(image, "SHELL", Severity.HIGH, "{'items': [{'layer': 0, 'inBase': true}]}");
    return image;
  }

  private @Nullable Prospect prospect(Built other) {
    Action action = plan(base(smaller(other, 60))).actions().getFirst();
    return Objects.requireNonNull(action.proposal()).prospect();
  }

  /** Whatever it is, whether TOOL fails is not known. */
  private BasePrediction predicted(
      Built other,
      BasePrediction.Kind kind,
      Map<String, Severity> fails,
      @Nullable Long bytesLess,
      BasePrediction.@Nullable Vulnerabilities vulnerabilities) {
    return new BasePrediction(
        debian.digest(),
        other.digest(),
        kind,
        fails,
        Map.of("TOOL", Severity.MEDIUM),
        bytesLess,
        vulnerabilities,
        List.of());
  }

  private BasePrediction nothing(Built other, BasePrediction.Kind kind, String why) {
    return BasePrediction.nothing(debian.digest(), other.digest(), kind, List.of(why));
  }

  private ReportedBase base(SmallerBase smaller) {
    return base(debian, smaller);
  }

  private static ReportedBase base(Built base, SmallerBase smaller) {
    return new ReportedBase(
        "r:5000/base/debian:12",
        base.digest(),
        "linux/amd64",
        1,
        100,
        null,
        null,
        null,
        List.of(smaller));
  }

  private static SmallerBase smaller(Built image, long bytesLess) {
    return new SmallerBase(
        "r:5000/base/slim:12",
        image.digest(),
        "linux/amd64",
        "debian",
        true,
        Set.of(),
        40,
        bytesLess,
        null,
        null,
        null,
        null);
  }

  @Test
  void whatIsLeftBehindSavesWhatItTakesCompressed() {
    Built web =
        run.image("r:5000/team/web:1")
            .on(debian)
            .layer("web", "RUN apt-get update && apt-get install -y curl");
    run.fails(
        web,
        "CACHE",
        Severity.LOW,
        "{'origin': 'image', 'items': [{'path': '/var/cache', 'bytes': 200, 'inBase': false}]}");
    assertThat(plan().actions().getFirst().saves()).isEqualTo(new Saving(50, 50, true));
  }

  @Test
  void correctedStepIsTheOneThatIsMeant() {
    String step = "RUN /bin/sh -c apt-get update && apt-get install -y curl # buildkit";
    Built web = run.image("r:5000/team/web:1").on(debian).layer("web", step).layer("x", "COPY x /");
    run.fails(
        web,
        "TARE-LEFT-001",
        Severity.LOW,
        "{'origin': 'image', 'identity': ['apt-lists'], 'items': [{'path': '/var/lib/apt/lists',"
            + " 'bytes': 8, 'inBase': false}]}");
    run.fails(
        web,
        "TARE-PKG-010",
        Severity.MEDIUM,
        "{'items': [{'step': '" + step + "', 'layer': 1, 'inBase': false}]}");
    run.fails(web, "TARE-USER-001", Severity.HIGH, "{'found': null}");

    assertThat(plan().actions())
        .extracting(Action::corrections)
        .containsExactly(
            List.of(new Correction(null, "USER 10001")),
            List.of(
                new Correction(
                    step, "RUN apt-get update && apt-get install --no-install-recommends -y curl")),
            List.of(
                new Correction(
                    step,
                    "RUN apt-get update && apt-get install -y curl && rm -rf"
                        + " /var/lib/apt/lists/*")));
  }

  @Test
  void noStepIsCorrectedWhereTwoCanBeMeantOrTheHistoryAddsToIt() {
    String step = "RUN /bin/sh -c apt-get update && apt-get install -y curl";
    String arguments = "RUN |1 A=b /bin/sh -c apt-get update && apt-get install -y vim";
    for (List<String> steps :
        List.of(List.of(step, step + " wget"), List.of(arguments), List.of(step + " # why"))) {
      Built web = run.image("r:5000/team/w" + steps.hashCode() + ":1").on(debian);
      steps.forEach(one -> web.layer(one, one));
      run.fails(
          web,
          "TARE-LEFT-001",
          Severity.LOW,
          "{'origin': 'image', 'identity': ['apt-lists'], 'items': [{'bytes': 8, 'inBase':"
              + " false}]}");
    }
    assertThat(plan().actions()).hasSize(3).allMatch(action -> action.corrections().isEmpty());
  }

  @Test
  void stepIsCorrectedWholeOrNotAtAll() {
    String tail = " && echo " + "x".repeat(300);
    String step = "RUN /bin/sh -c apt-get install -y curl" + tail;
    List<String> lines =
        List.of(
            "RUN /bin/sh -c apt-get install -y curl\\nUSER root", "RUN <<EOF\\napt-get install");
    Built web = run.image("r:5000/team/web:1").on(debian).layer("web", step);
    fails(web, step.substring(0, 200));
    for (String several : lines) {
      Built other = run.image("r:5000/team/w" + several.hashCode() + ":1").on(debian);
      other.layer("w", several.replace("\\n", "\n"));
      fails(other, several);
    }

    assertThat(plan().actions().stream().flatMap(action -> action.corrections().stream()))
        .containsExactly(
            new Correction(step, "RUN apt-get install --no-install-recommends -y curl" + tail));
  }

  private void fails(Built image, String step) {
    run.fails(
        image,
        "TARE-PKG-010",
        Severity.MEDIUM,
        "{'items': [{'step': '" + step + "', 'layer': 1, 'inBase': false}]}");
  }

  @Test
  void rebuildsOnOneBaseAreOneAction() {
    for (String name : List.of("web", "api")) {
      Built image = run.image("r:5000/team/" + name + ":1").on(debian).layer(name, "COPY");
      run.fails(image, "OUTDATED", Severity.MEDIUM, "{'found': 40, 'allowed': 30}");
    }
    Plan plan = plan();
    assertThat(titles(plan)).containsExactly("Rebuild on the current r:5000/base/debian:12");
    assertThat(plan.actions().getFirst().ends()).isEqualTo(Map.of(Severity.MEDIUM, 2));
  }

  @Test
  void everyFindingEndsAtMostOnceAndOnlyFindingsEnd() {
    SampleRun sample = SampleRun.of(60);
    Plan plan = Plan.of(sample, List.of());
    Map<Severity, Integer> ended = plan.endedByFirst(Integer.MAX_VALUE);
    assertThat(plan.findings()).isEqualTo(positive(sample.summary().findings()));
    assertThat(ended).isNotEmpty();
    ended.forEach(
        (severity, count) -> assertThat(count).isLessThanOrEqualTo(plan.findings().get(severity)));
    List<Integer> worths = plan.actions().stream().map(PlanTest::worth).toList();
    assertThat(worths.getFirst()).isEqualTo(worths.stream().max(Integer::compare).orElseThrow());
    assertThat(plan).isEqualTo(Plan.of(sample, List.of()));
  }

  private static Map<Severity, Integer> positive(Map<Severity, Integer> counts) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static int worth(Action action) {
    return action.ends().entrySet().stream()
        .mapToInt(entry -> (int) Worth.of(entry.getKey()) * entry.getValue())
        .sum();
  }
}
