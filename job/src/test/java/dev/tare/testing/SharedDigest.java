package dev.tare.testing;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.ReportedTicket;
import dev.tare.finding.ReportedTicket.Change;
import dev.tare.finding.ReportedTicket.State;
import dev.tare.finding.ReportedTickets;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.finding.Waiver;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run in which one digest stands in four repositories of two registries, with a profile, findings
 * and waivers of its own in each, and in which another image is built on the one of {@link #BASE}.
 */
public final class SharedDigest {
  /** Fails. */
  public static final String FAILING = "registry.test/a/app:1";

  /** Fails, and somebody answers for it; carries {@link #CHILD}. */
  public static final String BASE = "registry.test/b/app:1";

  /** Is built on {@link #BASE}. */
  public static final String CHILD = "registry.test/web:1";

  private static final String RULE = "TARE-TOOL-001";
  private static final SampleImage BOTTOM =
      new SampleImage(BASE).in("app", "1").add(SampleLayer.of("ADD rootfs.tar /", 9, 20, 3));

  private SharedDigest() {}

  /** The run. */
  public static SampleRun run() {
    Waiver waiver = new Waiver("It moves.", "ops@example.com", LocalDate.of(2027, 1, 1), null);
    return SampleRun.of(
        List.of(
            image("mirror.test", "a/app", "prod", OutcomeKind.FAIL, null),
            image("registry.test", "a/app", "prod", OutcomeKind.FAIL, null),
            image("registry.test", "a_app", "base", OutcomeKind.PASS, null),
            image("registry.test", "b/app", "dev", OutcomeKind.WAIVED, waiver),
            child()));
  }

  /** One for each repository that fails. */
  public static ReportedTickets tickets() {
    return new ReportedTickets(
        false, List.of(ticket("mirror.test"), ticket("registry.test")), List.of(), null);
  }

  private static ReportedTicket ticket(String registry) {
    return new ReportedTicket(
        registry,
        "a/app",
        "*",
        State.OPEN,
        Severity.HIGH,
        1,
        List.of(BOTTOM.digest()),
        SampleImage.NOW,
        SampleImage.NOW,
        null,
        "tickets/" + registry + ".md",
        Change.CREATED,
        null);
  }

  private static JudgedImage image(
      String registry,
      String repository,
      String profile,
      OutcomeKind kind,
      @Nullable Waiver waiver) {
    ObjectNode facts = BOTTOM.facts();
    facts.put("profile", profile);
    facts.withObject("image").put("registry", registry).put("repository", repository);
    Outcome outcome =
        new Outcome(
            RULE,
            kind,
            Severity.HIGH,
            "A shell in " + registry + "/" + repository + ".",
            JsonNodeFactory.instance.objectNode(),
            "finding of " + registry + "/" + repository,
            waiver);
    return new JudgedImage(
        registry,
        repository,
        List.of("1"),
        registry + "/" + repository + ":1",
        BOTTOM.digest(),
        "linux/amd64",
        Verdict.of(List.of(outcome)),
        facts,
        List.of(outcome));
  }

  private static JudgedImage child() {
    SampleImage web =
        BOTTOM.child(CHILD).in("web", "1").add(SampleLayer.of("COPY web /web", 5, 8, 1));
    return new JudgedImage(
        "registry.test",
        "web",
        List.of("1"),
        CHILD,
        web.digest(),
        "linux/amd64",
        Verdict.COMPLIANT,
        web.facts(),
        List.of());
  }
}
