package dev.tare.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.finding.Waiver;
import dev.tare.finding.WaiverUse;
import dev.tare.finding.WaiverUse.State;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BaselineTest {
  /** registry.example.com/team/app:1.2, evaluated on 2026-11-21. */
  private static final JsonNode IMAGE =
      JsonMapper.shared()
          .readTree(
              """
              {"evaluatedAt": "2026-11-21T02:00:00Z", "image": {"registry": "registry.example.com",
               "repository": "team/app", "tags": ["1.2"]}}
              """);

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final LocalDate UNTIL = LocalDate.of(2027, 5, 20);
  private static final Outcome SHELL = outcome("TARE-TOOL-001", OutcomeKind.FAIL, "a", null);
  private static final Outcome ROOT = outcome("TARE-USER-001", OutcomeKind.FAIL, "b", null);

  @TempDir private Path directory;

  private static Outcome outcome(
      String rule, OutcomeKind kind, String fingerprint, @Nullable Waiver waiver) {
    return new Outcome(
        rule,
        kind,
        Severity.HIGH,
        "Found.",
        JsonMapper.shared().createObjectNode(),
        fingerprint,
        waiver);
  }

  private static SampleRun run(Outcome... outcomes) {
    return SampleRun.of(
        List.of(
            new JudgedImage(
                "registry.example.com",
                "team/app",
                List.of("1.2"),
                "registry.example.com/team/app:1.2",
                "sha256:" + "a".repeat(64),
                "linux/amd64",
                Verdict.FAILING,
                IMAGE,
                List.of(outcomes))));
  }

  /** Written to a file and read again. */
  private Baseline known(Outcome... outcomes) {
    return known(Baseline.none(), TODAY, UNTIL, outcomes);
  }

  private Baseline known(Baseline earlier, LocalDate since, LocalDate until, Outcome... outcomes) {
    Path file = directory.resolve("known.yaml");
    Baseline.of(run(outcomes), earlier, since, until).write(file, since, until);
    return Baseline.read(file);
  }

  private static ObjectNode image(String tag) {
    ObjectNode image = (ObjectNode) IMAGE.deepCopy();
    image.withObject("image").putArray("tags").add(tag);
    return image;
  }

  @Test
  void whatIsKnownDoesNotFailUntilItsLastDay() {
    Outcome outcome = known(SHELL).apply(IMAGE, List.of(SHELL)).getFirst();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.WAIVED);
    assertThat(outcome.waiver())
        .isEqualTo(new Waiver("known since 2026-11-21 by baseline", "baseline", UNTIL, null));
  }

  @Test
  void whatIsNewFails() {
    Outcome other = outcome("TARE-TOOL-001", OutcomeKind.FAIL, "another tool", null);
    Baseline baseline = known(SHELL);
    assertThat(baseline.apply(IMAGE, List.of(SHELL, ROOT, other)))
        .extracting(Outcome::kind)
        .containsExactly(OutcomeKind.WAIVED, OutcomeKind.FAIL, OutcomeKind.FAIL);
    assertThat(baseline.problems()).isEmpty();
  }

  @Test
  void nextBuildOfTheSameLineIsKnownAndAnotherLineIsNot() {
    Baseline baseline = known(SHELL);
    assertThat(baseline.apply(image("1.3"), List.of(SHELL)).getFirst().kind())
        .isEqualTo(OutcomeKind.WAIVED);
    assertThat(baseline.apply(image("1.3-alpine"), List.of(SHELL)).getFirst().kind())
        .isEqualTo(OutcomeKind.FAIL);
  }

  @Test
  void expiredEntryFailsAgainAndSaysSo() {
    Baseline baseline = known(Baseline.none(), TODAY.minusDays(9), TODAY.minusDays(1), SHELL);
    Outcome outcome = baseline.apply(IMAGE, List.of(SHELL)).getFirst();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.FAIL);
    assertThat(outcome.message()).isEqualTo("Found. The baseline knew it until 2026-11-20.");
    assertThat(baseline.problems()).extracting(WaiverUse::state).containsExactly(State.EXPIRED);
  }

  @Test
  void whatIsFixedIsStale() {
    Baseline baseline = known(SHELL, ROOT);
    baseline.apply(IMAGE, List.of(SHELL));
    assertThat(baseline.problems())
        .extracting(WaiverUse::rule, WaiverUse::image, WaiverUse::state)
        .containsExactly(tuple("TARE-USER-001", "registry.example.com/team/app:*", State.UNUSED));
  }

  @Test
  void whatWasNotLookedAtOrIsNotKnownIsNotStale() {
    Baseline baseline = known(SHELL, ROOT);
    baseline.apply(image("nightly"), List.of());
    assertThat(baseline.problems()).isEmpty();
    baseline.apply(IMAGE, List.of(SHELL, outcome("TARE-USER-001", OutcomeKind.UNKNOWN, "b", null)));
    assertThat(baseline.problems()).isEmpty();
  }

  @Test
  void baselineOfAnotherRegistryIsSaidToBe() {
    Baseline baseline = known(SHELL);
    ObjectNode elsewhere = (ObjectNode) IMAGE.deepCopy();
    elsewhere.withObject("image").put("registry", "localhost:5000");
    baseline.apply(elsewhere, List.of(SHELL));
    assertThat(baseline.problems())
        .extracting(WaiverUse::rule, WaiverUse::image)
        .containsExactly(tuple("**", "registry.example.com/**"));
  }

  @Test
  void waiverOfAPersonComesFirst() {
    Waiver waiver = new Waiver("Soon.", "ops@example.com", UNTIL, null);
    Outcome waived = outcome("TARE-TOOL-001", OutcomeKind.WAIVED, "a", waiver);
    Baseline baseline = known(SHELL);
    assertThat(baseline.apply(IMAGE, List.of(waived))).containsExactly(waived);
    assertThat(baseline.problems()).isEmpty();
    assertThat(known(waived).size()).isZero();
  }

  @Test
  void knownFindingsKeepTheirDatesAndFixedOnesDropOut() throws IOException {
    Baseline first = known(SHELL, ROOT);
    Outcome known = first.apply(IMAGE, List.of(SHELL)).getFirst();
    Outcome added = outcome("TARE-PKG-001", OutcomeKind.FAIL, "c", null);
    Baseline second = known(first, TODAY.plusDays(30), UNTIL.plusDays(30), known, added);
    assertThat(second.size()).isEqualTo(2);
    assertThat(second.without(first)).isEqualTo(1);
    assertThat(first.without(second)).isEqualTo(1);
    assertThat(Files.readString(directory.resolve("known.yaml")))
        .isEqualTo(
            """
            # Findings that are known: with --baseline they do not fail until their date, and new ones do.
            # Written by tare baseline; what is fixed is left out the next time. An entry that is deleted fails again.
            baseline:
              since: 2026-12-21
              until: 2027-06-19
              findings:
                - {rule: "TARE-PKG-001", image: "registry.example.com/team/app:*", fingerprint: "c"}
                - {rule: "TARE-TOOL-001", image: "registry.example.com/team/app:*", fingerprint: "a", since: 2026-11-21, until: 2027-05-20}
            """);
  }

  @Test
  void notesAreNoneOfIt() {
    Outcome note =
        new Outcome(
            "TARE-PROV-004",
            OutcomeKind.FAIL,
            Severity.NOTE,
            "",
            JsonMapper.shared().createObjectNode(),
            "n",
            null);
    assertThat(known(note).size()).isZero();
  }

  @Test
  void whatIsNoBaselineIsRefused() throws IOException {
    refused("waivers: []", "waivers");
    refused("", "it has no key baseline");
    refused("baseline: {since: soon}", "expected a date");
    refused(
        "baseline: {since: 2026-01-01, until: 2026-02-01, findings: [{rule: A}]}",
        "findings[0].image: expected text");
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> Baseline.read(directory.resolve("none.yaml")))
        .withMessageContaining("no readable file");
  }

  private void refused(String text, String why) throws IOException {
    Path file = Files.writeString(directory.resolve("bad.yaml"), text);
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> Baseline.read(file))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE));
  }

  @Test
  void fileThatCannotBeWrittenIsSaidWithTheReason() {
    Path file = directory.resolve("none/known.yaml");
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> Baseline.none().write(file, TODAY, UNTIL))
        .withMessage("write baseline " + file + ": no such file or directory");
  }

  @Test
  void waiverOfSomebodyCalledBaselineIsNotOneOfABaseline() {
    Waiver waiver = new Waiver("Until the move.", "baseline", UNTIL, null);
    assertThat(known(outcome("TARE-USER-001", OutcomeKind.WAIVED, "b", waiver)).size()).isZero();
  }
}
