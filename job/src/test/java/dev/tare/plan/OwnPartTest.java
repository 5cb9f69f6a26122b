package dev.tare.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.ActionKind;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.OwnReading.Inherited;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.plan.PlannedRun.Built;
import dev.tare.testing.SampleRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OwnPartTest {
  private static final String IN_BASE =
      "{'origin': 'base', 'items': [{'layer': 0, 'inBase': true}]}";
  private static final String ABOVE =
      "{'origin': 'image', 'items': [{'layer': 1, 'inBase': false}]}";
  private static final String UNKNOWN =
      "{'origin': 'unknown', 'items': [{'layer': 0, 'inBase': null}]}";

  private final PlannedRun run =
      new PlannedRun()
          .rule("SHELL", ActionKind.BASE)
          .rule("END", ActionKind.BASE)
          .rule("TOOL", ActionKind.INSTALL)
          .rule("ROOT", ActionKind.USER)
          .rule("SIZE", ActionKind.STAGES)
          .rule("KEY", ActionKind.SECRET);
  private final Built debian = run.image("r:5000/base/debian:12").layer("debian", "ADD rootfs /");

  private Map<String, Map<String, OutcomeKind>> told() {
    Map<String, Map<String, OutcomeKind>> told = new HashMap<>();
    OwnPart.of(run)
        .forEachImage(image -> {
          Map<String, OutcomeKind> kinds = new HashMap<>();
          image.outcomes().forEach(outcome -> kinds.put(outcome.rule(), outcome.kind()));
          told.put(image.repository(), kinds);
        });
    return told;
  }

  @Test
  void whatABaseBringsIsCountedOnceAtTheBase() {
    run.fails(debian, "SHELL", Severity.HIGH, UNKNOWN);
    run.fails(debian, "END", Severity.MEDIUM, "{'identity': ['debian 12']}");
    for (String name : List.of("web", "api")) {
      Built image = run.image("r:5000/team/" + name + ":1").on(debian).layer(name, "COPY");
      run.fails(image, "SHELL", Severity.HIGH, IN_BASE);
      run.fails(image, "END", Severity.MEDIUM, "{'identity': ['debian 12']}");
      run.fails(image, "TOOL", Severity.LOW, ABOVE);
    }

    OwnPart own = OwnPart.of(run);

    assertThat(told().get("team/web"))
        .isEqualTo(
            Map.of(
                "SHELL", OutcomeKind.NOT_APPLICABLE,
                "END", OutcomeKind.NOT_APPLICABLE,
                "TOOL", OutcomeKind.FAIL));
    assertThat(own.summary().findings())
        .isEqualTo(Map.of(Severity.HIGH, 1, Severity.MEDIUM, 1, Severity.LOW, 2));
    assertThat(own.own().inherited())
        .containsExactly(
            new Inherited(
                "r:5000/base/debian:12",
                true,
                Map.of(Severity.HIGH, 1, Severity.MEDIUM, 1),
                List.of("r:5000/team/api:1", "r:5000/team/web:1")));
    assertThat(own.own().unknown()).isEmpty();
    assertThat(own.own().isUnknownFrom(Severity.NOTE)).isFalse();
  }

  @Test
  void baseThatTheRunDidNotJudgeIsNamed() {
    PlannedRun others = new PlannedRun().rule("SHELL", ActionKind.BASE);
    Built elsewhere = new Built("docker.io/library/debian:12").layer("debian", "ADD rootfs /");
    Built web = others.image("r:5000/team/web:1").on(elsewhere).layer("web", "COPY");
    others.fails(web, "SHELL", Severity.HIGH, IN_BASE);

    OwnPart own = OwnPart.of(others);

    assertThat(own.own().inherited())
        .containsExactly(
            new Inherited(
                "docker.io/library/debian:12",
                false,
                Map.of(Severity.HIGH, 1),
                List.of("r:5000/team/web:1")));
    assertThat(own.summary().compliant()).isEqualTo(1);
    assertThat(own.summary().findings()).isEmpty();
    assertThat(own.summary().score()).isEqualTo(100);
  }

  /** The name is that of an image of the run, which is another one by now. */
  @Test
  void olderBuildOfAJudgedBaseIsNotJudged() {
    Built older = new Built("r:5000/base/debian:12", "linux/arm64").layer("older", "ADD rootfs /");
    Built web = run.image("r:5000/team/web:1").on(older).layer("web", "COPY");
    run.fails(web, "SHELL", Severity.HIGH, IN_BASE);

    assertThat(OwnPart.of(run).own().inherited())
        .singleElement()
        .satisfies(base -> {
          assertThat(base.base()).isEqualTo("r:5000/base/debian:12");
          assertThat(base.judged()).isFalse();
        });
  }

  @Test
  void whatTwoBringIsTheImagesToo() {
    Built web = run.image("r:5000/team/web:1").on(debian).layer("web", "COPY");
    run.fails(
        web, "TOOL", Severity.HIGH, "{'origin': 'mixed', 'items': [{'layer': 0, 'inBase': true}]}");
    // What the image adds has a part in a budget; a user is nobody else's to set.
    run.fails(
        web,
        "SIZE",
        Severity.MEDIUM,
        "{'found': 200, 'allowed': 150, 'layers': [{'bytes': 100, 'layer': 0, 'inBase': true}]}");
    run.fails(web, "ROOT", Severity.MEDIUM, "{'found': null}");

    assertThat(told())
        .hasEntrySatisfying(
            "team/web", kinds -> assertThat(kinds.values()).containsOnly(OutcomeKind.FAIL));
  }

  /** A rebuild on the current base ends them, but they are of who brought the packages. */
  @Test
  void vulnerablePackagesAreOfWhoBroughtThem() {
    run.rule("CVE", ActionKind.REBUILD)
        .rule("MANY", ActionKind.REBUILD)
        .rule("USED", ActionKind.REBUILD)
        .rule("AGE", ActionKind.REBUILD);
    run.fails(debian, "CVE", Severity.HIGH, "{'found': 2, 'allowed': 0, 'inBase': null}");
    Built lost = run.image("r:5000/team/lost:1").layer("lost", "ADD rootfs /");
    run.fails(lost, "CVE", Severity.HIGH, "{'found': 2, 'allowed': 0, 'inBase': null}");
    Built web =
        run.image("r:5000/team/web:1")
            .on(debian)
            .layer("web", "COPY")
            .vulnerable("CVE-1", true)
            .vulnerable("CVE-2", true)
            .vulnerable("CVE-2", false);
    run.fails(web, "CVE", Severity.HIGH, "{'found': 2, 'allowed': 0, 'inBase': 2}");
    run.fails(web, "MANY", Severity.HIGH, "{'found': 2, 'allowed': 0, 'inBase': 1}");
    run.fails(web, "USED", Severity.HIGH, "{'found': ['CVE-1'], 'identity': ['CVE-1']}");
    run.fails(web, "AGE", Severity.HIGH, "{'found': 40, 'allowed': 30}");
    Built api =
        run.image("r:5000/team/api:1").on(debian).layer("api", "COPY").vulnerable("CVE-1", null);
    run.fails(api, "CVE", Severity.HIGH, "{'found': 2, 'allowed': 0, 'inBase': 0}");
    run.fails(api, "USED", Severity.HIGH, "{'found': ['CVE-1'], 'identity': ['CVE-1']}");

    Map<String, Map<String, OutcomeKind>> told = told();

    assertThat(told.get("base/debian")).containsEntry("CVE", OutcomeKind.FAIL);
    assertThat(told.get("team/lost")).containsEntry("CVE", OutcomeKind.UNKNOWN);
    assertThat(told.get("team/web"))
        .isEqualTo(
            Map.of(
                "CVE", OutcomeKind.NOT_APPLICABLE,
                "MANY", OutcomeKind.FAIL,
                "USED", OutcomeKind.NOT_APPLICABLE,
                "AGE", OutcomeKind.FAIL));
    assertThat(told.get("team/api"))
        .isEqualTo(Map.of("CVE", OutcomeKind.FAIL, "USED", OutcomeKind.UNKNOWN));
  }

  /** Whether it is the image's own is neither yes nor no then. */
  @Test
  void whatNobodyKnowsTheOriginOfIsNoFindingAndNoPass() {
    Built lost = run.image("r:5000/team/lost:1").layer("lost", "ADD rootfs /");
    Built guess =
        run.image("r:5000/team/guess:1")
            .layer("os", "ADD rootfs /")
            .probablyOn("docker.io/library/x");
    for (Built image : List.of(lost, guess)) {
      run.fails(image, "SHELL", Severity.HIGH, UNKNOWN);
      run.fails(image, "TOOL", Severity.LOW, UNKNOWN);
      run.fails(image, "END", Severity.NOTE, "{'identity': ['debian 12']}");
    }

    OwnPart own = OwnPart.of(run);
    List<JudgedImage> images = new ArrayList<>();
    own.forEachImage(images::add);

    assertThat(images)
        .filteredOn(image -> image.repository().startsWith("team/"))
        .hasSize(2)
        .allSatisfy(image -> {
          assertThat(image.verdict()).isEqualTo(Verdict.UNKNOWN);
          assertThat(image.outcomes()).extracting(Outcome::kind).containsOnly(OutcomeKind.UNKNOWN);
          assertThat(image.score()).isLessThan(100);
        });
    assertThat(own.own().unknown())
        .isEqualTo(Map.of(Severity.HIGH, 2, Severity.LOW, 2, Severity.NOTE, 2));
    assertThat(own.own().unknownImages()).isEqualTo(2);
    assertThat(own.own().isUnknownFrom(Severity.HIGH)).isTrue();
    assertThat(own.own().isUnknownFrom(Severity.CRITICAL)).isFalse();
    assertThat(own.own().inherited()).isEmpty();
    RunSummary summary = own.summary();
    assertThat(summary.unknown()).isEqualTo(2);
    assertThat(summary.findings()).isEmpty();
  }

  @Test
  void whatIsWaivedOrCouldNotBeAnsweredStays() {
    Built web = run.image("r:5000/team/web:1").on(debian).layer("web", "COPY");
    run.outcome(web, "SHELL", OutcomeKind.WAIVED, Severity.HIGH, IN_BASE);
    run.outcome(web, "TOOL", OutcomeKind.UNKNOWN, Severity.HIGH, "{}");
    run.outcome(web, "ROOT", OutcomeKind.PASS, Severity.HIGH, "{}");

    assertThat(told().get("team/web"))
        .isEqualTo(
            Map.of(
                "SHELL", OutcomeKind.WAIVED,
                "TOOL", OutcomeKind.UNKNOWN,
                "ROOT", OutcomeKind.PASS));
  }

  /** Of each failure of a run it is said once whose it is. */
  @Test
  void nothingIsLostAndNothingIsAdded() {
    SampleRun sample = SampleRun.of(60);
    OwnPart own = OwnPart.of(sample);
    int[] whole = {0, 0};
    sample.forEachImage(image -> whole[0] += failures(image, OutcomeKind.FAIL));
    own.forEachImage(image -> whole[1] += failures(image, OutcomeKind.FAIL));
    Map<String, JudgedImage> before = new HashMap<>();
    sample.forEachImage(image -> before.put(image.reference() + image.platform(), image));

    own.forEachImage(image -> {
      JudgedImage one = Objects.requireNonNull(before.get(image.reference() + image.platform()));
      assertThat(image.score()).isGreaterThanOrEqualTo(one.score());
      assertThat(image.outcomes()).hasSameSizeAs(one.outcomes());
      for (int i = 0; i < one.outcomes().size(); i++) {
        Outcome told = image.outcomes().get(i);
        if (one.outcomes().get(i).kind() != OutcomeKind.FAIL) {
          assertThat(told).isEqualTo(one.outcomes().get(i));
        } else {
          assertThat(told.kind())
              .isIn(OutcomeKind.FAIL, OutcomeKind.UNKNOWN, OutcomeKind.NOT_APPLICABLE);
          assertThat(told.fingerprint()).isEqualTo(one.outcomes().get(i).fingerprint());
        }
      }
    });
    assertThat(whole[1]).isPositive().isLessThan(whole[0]);
    assertThat(own.summary().findings().values().stream().mapToInt(n -> n).sum())
        .isEqualTo(whole[1]);
    assertThat(own.own().inherited()).isNotEmpty();
  }

  private static int failures(JudgedImage image, OutcomeKind kind) {
    return (int) image.outcomes().stream().filter(outcome -> outcome.kind() == kind).count();
  }
}
