package dev.tare.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.cli.Palette;
import dev.tare.finding.ActionKind;
import dev.tare.finding.BasePrediction;
import dev.tare.finding.OwnReading;
import dev.tare.finding.Severity;
import dev.tare.plan.Action;
import dev.tare.plan.Correction;
import dev.tare.plan.Plan;
import dev.tare.plan.PlannedImage;
import dev.tare.plan.Proposal;
import dev.tare.plan.Prospect;
import dev.tare.plan.Saving;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanPageTest {
  private static final String STEP =
      "RUN /bin/sh -c apt-get update && apt-get install -y curl wget git vim # buildkit";

  private static final Plan PLAN =
      new Plan(
          List.of(
              action(
                  "Change the base r:5000/base/debian:12",
                  "r:5000/base/debian:12",
                  true,
                  Map.of(Severity.HIGH, 3, Severity.NOTE, 2),
                  List.of(),
                  new Proposal(
                      "r:5000/base/slim:12",
                      "sha256:a",
                      1,
                      3_770_000,
                      true,
                      List.of("A"),
                      List.of(),
                      List.of("B"),
                      new Prospect(
                          1,
                          1,
                          1,
                          2,
                          Map.of(Severity.HIGH, 2, Severity.NOTE, 1),
                          Map.of(),
                          1,
                          2,
                          -3_770_000L,
                          new BasePrediction.Vulnerabilities(
                              Map.of("low", 1, "high", 3), Map.of(), false),
                          List.of("app is not there."),
                          List.of("It is gone."))),
                  new Saving(3_770_000, 3_770_000, false)),
              action(
                  "Clean up in the steps of r:5000/team/web:*",
                  "r:5000/team/web:*",
                  false,
                  Map.of(Severity.LOW, 1),
                  List.of(
                      new Correction(STEP, "RUN apt-get update && rm -rf /var/lib/apt/lists/*")),
                  null,
                  new Saving(1_070_000, 500, true)),
              action(
                  "Build r:5000/team/web:* in stages",
                  "r:5000/team/web:*",
                  false,
                  Map.of(),
                  List.of(),
                  null,
                  null)),
          Map.of(Severity.HIGH, 4, Severity.LOW, 1, Severity.NOTE, 9));

  private static Action action(
      String title,
      String subject,
      boolean base,
      Map<Severity, Integer> ends,
      List<Correction> corrections,
      @Nullable Proposal proposal,
      @Nullable Saving saves) {
    return new Action(
        ActionKind.BASE,
        title,
        subject,
        base,
        !base,
        List.of(new PlannedImage("r:5000/team/web:1", "sha256:b", "linux/amd64")),
        ends,
        List.of("A", "B"),
        ends.isEmpty() ? List.of("SIZE") : List.of(),
        base ? List.of() : List.of(STEP, "RUN other"),
        corrections,
        proposal,
        saves);
  }

  private static List<String> printed(int width, int most) {
    StringWriter text = new StringWriter();
    new PlanPage(new PrintWriter(text), new Palette(false), width).print(PLAN, null, most);
    return text.toString().lines().toList();
  }

  @Test
  void saysWhatToDoWhatItEndsWhatItSavesAndWhereToReadOn() {
    assertThat(printed(100, 2))
        .containsExactly(
            "What to do first: 2 actions end 4 of 5 findings",
            "",
            "1.  Change the base base/debian:12",
            "    ends 3 high in 1 image",
            "    saves 3.77 MB in the registry, up to 3.77 MB a pull",
            "    for example to base/slim:12, which is 3.77 MB smaller and itself passes 1 of these"
                + " 2 rules; 1",
            "    not known",
            "    predicted for 1 of 4 images on it: ends 2 high, adds none; whether 1 more end and 2"
                + " more are",
            "    added is not known",
            "    these images are 3.77 MB larger together",
            "    of their known vulnerabilities it ends 3 high, 1 low, adds none; not all packages"
                + " were matched",
            "    alike",
            "    of 1 image the packages that own layers install have versions there that are not"
                + " known",
            "    1 image has to be rebuilt to be known",
            "    against it: app is not there.",
            "    not predicted of some: It is gone.",
            "    tare lineage r:5000/base/debian:12",
            "",
            "2.  Clean up in the steps of team/web:*",
            "    ends 1 low in 1 image",
            "    saves about 1.07 MB in the registry, up to 500 B a pull",
            "    step   RUN /bin/sh -c apt-get upd… && apt-get install -y curl wget git vim #"
                + " buildkit and 1 more",
            "    write  RUN apt-get update && rm -rf /var/lib/apt/lists/*",
            "    tare policy show A",
            "",
            "… and 1 more: tare plan -n 3");
  }

  @Test
  void whatMayNotEndIsNotSaidToEnd() {
    assertThat(printed(100, 3))
        .contains(
            "    ends nothing by itself in 1 image", "    works against SIZE, which may stay");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void noLineIsWiderThanTheTerminal(int width) {
    assertThat(printed(width, 3)).allMatch(line -> line.length() <= width);
  }

  @Test
  void ofTheOwnPartItIsSaidWhatBasesBring() {
    StringWriter text = new StringWriter();
    OwnReading own =
        new OwnReading(
            List.of(
                new OwnReading.Inherited(
                    "r:5000/base/debian:12",
                    true,
                    Map.of(Severity.HIGH, 3),
                    List.of("r:5000/team/web:1"))),
            Map.of(Severity.LOW, 2),
            1);
    new PlanPage(new PrintWriter(text), new Palette(false), 100).print(PLAN, own, 1);
    assertThat(text.toString().lines())
        .startsWith("What to do first: 1 action ends 3 of 5 findings of their own")
        .endsWith(
            "",
            "Brought by r:5000/base/debian:12: 3 high, in 1 image",
            "Whether a base brings them is not known: 2 low, in 1 image; they are in no count, and"
                + " no such image is said to comply");
  }

  @Test
  void runThatHasNoFindingHasNothingToDo() {
    StringWriter text = new StringWriter();
    new PlanPage(new PrintWriter(text), new Palette(false), 80)
        .print(new Plan(List.of(), Map.of()), null, 5);
    assertThat(text.toString())
        .startsWith(
            "Nothing to do: no image of the run has a finding above a note that nobody waived.");
  }
}
