package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.ActionKind;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import dev.tare.finding.Waiver;
import dev.tare.finding.WaiverUse;
import dev.tare.finding.WaiverUse.State;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WaiverBookTest {
  /** registry.example.com/team/app:1.2, evaluated on 2026-11-21. */
  private static final JsonNode IMAGE = Examples.clean();

  @TempDir private Path directory;

  @Test
  void failureIsWaivedUntilItsLastDay() throws IOException {
    WaiverBook book = book("TARE-TOOL-001", "team/app", "2026-11-21");
    Outcome outcome = book.apply(IMAGE, List.of(failure("TARE-TOOL-001"))).getFirst();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.WAIVED);
    assertThat(outcome.waiver())
        .isEqualTo(
            new Waiver(
                "The next release drops it.",
                "ops@example.com",
                LocalDate.of(2026, 11, 21),
                "OPS-1"));
    assertThat(book.uses()).extracting(WaiverUse::state).containsExactly(State.USED);
  }

  @Test
  void expiredWaiverFailsAgainAndSaysSo() throws IOException {
    WaiverBook book = book("TARE-TOOL-001", "team/app", "2026-11-20");
    Outcome outcome = book.apply(IMAGE, List.of(failure("TARE-TOOL-001"))).getFirst();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.FAIL);
    assertThat(outcome.waiver()).isNull();
    assertThat(outcome.message())
        .isEqualTo("1 shell. The waiver of ops@example.com expired on 2026-11-20.");
    assertThat(book.uses()).extracting(WaiverUse::state).containsExactly(State.EXPIRED);
    assertThat(book.uses())
        .extracting(WaiverUse::toString)
        .containsExactly("TARE-TOOL-001 on team/app, of ops@example.com until 2026-11-20");
  }

  @Test
  void imageIsNamedWithOrWithoutRegistryAndTag() throws IOException {
    for (String image :
        List.of(
            "team/app",
            "team/*",
            "**",
            "registry.example.com/team/app",
            "registry.example.com/**",
            "team/**/app",
            "**/team/ap?",
            "team/app:1.*",
            "registry.example.com/team/app:1.2",
            "team/app@" + IMAGE.at("/image/digest").asString())) {
      assertThat(
              book("TARE-*", image, "2027-01-01")
                  .apply(IMAGE, List.of(failure("TARE-TOOL-001")))
                  .getFirst()
                  .kind())
          .as(image)
          .isEqualTo(OutcomeKind.WAIVED);
    }
  }

  @Test
  void otherImagesAndRulesAreNotWaived() throws IOException {
    for (String image :
        List.of(
            "team", "*", "team/app:1.3", "other/app", "team/application", "team/?", "team/**/ap")) {
      WaiverBook book = book("TARE-TOOL-001", image, "2027-01-01");
      assertThat(book.apply(IMAGE, List.of(failure("TARE-TOOL-001"))).getFirst().kind())
          .as(image)
          .isEqualTo(OutcomeKind.FAIL);
      assertThat(book.uses()).extracting(WaiverUse::state).containsExactly(State.UNUSED);
    }
    assertThat(
            book("TARE-TOOL-002", "**", "2027-01-01")
                .apply(IMAGE, List.of(failure("TARE-TOOL-001")))
                .getFirst()
                .kind())
        .isEqualTo(OutcomeKind.FAIL);
  }

  @Test
  void passedAndUnknownOutcomesNeedNoWaiver() throws IOException {
    WaiverBook book = book("TARE-TOOL-001", "**", "2027-01-01");
    Outcome unknown = outcome("TARE-TOOL-001", OutcomeKind.UNKNOWN);
    assertThat(book.apply(IMAGE, List.of(unknown))).containsExactly(unknown);
    assertThat(book.uses()).extracting(WaiverUse::state).containsExactly(State.UNUSED);
  }

  @Test
  void entryWithoutExpiryIsRefused() throws IOException {
    Path file = directory.resolve("waivers.yaml");
    Files.writeString(
        file, "waivers: [{rule: TARE-TOOL-001, image: a, reason: b, owner: c, expires: later}]");
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> WaiverBook.read(file))
        .withMessageContaining(".waivers[0].expires: expected a date")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE));
    Files.writeString(file, "waivers: [{rule: TARE-TOOL-001, image: a, reason: b, owner: c}]");
    assertThatExceptionOfType(TareException.class).isThrownBy(() -> WaiverBook.read(file));
  }

  @Test
  void mistypedKeyIsNamedWithTheNearest() throws IOException {
    Path file = directory.resolve("waivers.yaml");
    Files.writeString(file, "waivers: [{rule: R, image: a, reason: b, owner: c, expire: x}]");
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> WaiverBook.read(file))
        .withMessageContaining("unknown key \"expire\"")
        .satisfies(e -> assertThat(e.hint()).isEqualTo("Did you mean \"expires\"?"));
  }

  @Test
  void ruleThatDoesNotExistIsRefused() throws IOException {
    List<RuleDoc> rules =
        List.of(
            new RuleDoc(
                "TARE-TOOL-001",
                "",
                "",
                Severity.HIGH,
                "",
                ActionKind.BASE,
                "",
                "",
                List.of(),
                Map.of(),
                ""));
    book("TARE-TOOL-*", "**", "2027-01-01").check(rules);
    WaiverBook mistyped = book("TARE-TOOL-01", "**", "2027-01-01");
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> mistyped.check(rules))
        .satisfies(e -> assertThat(e.hint()).isEqualTo("Did you mean \"TARE-TOOL-001\"?"));
  }

  @Test
  void shippedFileHoldsNoWaiver() {
    WaiverBook book =
        WaiverBook.read(TestImages.repository().resolve("config").resolve("waivers.yaml"));
    assertThat(book.uses()).isEmpty();
  }

  private WaiverBook book(String rule, String image, String expires) throws IOException {
    Path file = directory.resolve("waivers.yaml");
    Files.writeString(
        file,
        """
        waivers:
          - rule: "%s"
            image: "%s"
            reason: The next release drops it.
            owner: ops@example.com
            expires: %s
            ticket: OPS-1
        """
            .formatted(rule, image, expires));
    return WaiverBook.read(file);
  }

  private static Outcome failure(String rule) {
    return outcome(rule, OutcomeKind.FAIL);
  }

  private static Outcome outcome(String rule, OutcomeKind kind) {
    return new Outcome(
        rule, kind, Severity.HIGH, "1 shell.", JsonMapper.shared().createObjectNode(), "f", null);
  }
}
