package dev.tare.ticket;

import static dev.tare.ticket.SampleRun.fail;
import static dev.tare.ticket.SampleRun.pass;
import static dev.tare.ticket.SampleRun.waived;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Outcome;
import dev.tare.finding.Severity;
import dev.tare.finding.TagLine;
import dev.tare.testing.NullableFacts;
import dev.tare.testing.NullableFacts.Fact;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import dev.tare.ticket.tracker.file.FileTracker;
import dev.tare.ticket.tracker.file.TicketFile;
import dev.tare.ticket.tracker.file.TicketFrontMatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What people read; {@code -Dtare.refresh=true} writes the expected files again. */
class TicketTextTest {
  private static final String SHELL = "TARE-TOOL-001";
  private static final String CURL = "TARE-TOOL-004";
  private static final String ROOT = "TARE-USER-001";

  private final SampleLedger ledger = new SampleLedger();

  @TempDir private Path directory;

  @Test
  void newTicketReadsAsExpected() throws IOException {
    assertGolden("new.md", reconcile(first()));
  }

  @Test
  void changedTicketReadsAsExpected() throws IOException {
    reconcile(first());

    assertGolden(
        "changed.md",
        reconcile(
            SampleRun.of(2)
                .image("team/app", "1.3,latest", shell(Severity.CRITICAL), pass(CURL))
                .image("team/app", "1.3,latest", "linux/arm64", "run2", fail(ROOT, Severity.LOW))
                .withoutAsking()
                .notInspected("localhost:5000/team/app:1.2", "layer", "sha256:00: truncated")));
  }

  @Test
  void closedTicketReadsAsExpected() throws IOException {
    reconcile(first());

    assertGolden(
        "closed.md",
        reconcile(
            SampleRun.of(2)
                .image("team/app", "1.3,latest", pass(SHELL), waived(CURL, Severity.MEDIUM))));
  }

  @Test
  void originThatIsNotKnownIsNotTheImagesOwn() throws IOException {
    String text = ticketOf(NullNode.getInstance());
    assertThat(text)
        .contains("Brought by the base image or this image, which of them is not known:")
        .contains("inBase unknown")
        .doesNotContain("not by its base")
        .doesNotContain("(base)")
        .doesNotContain("via")
        .doesNotContain("(empty)");
    assertThat(ticketOf(BooleanNode.TRUE)).contains("Brought by the base image:");
    assertThat(ticketOf(BooleanNode.FALSE)).contains("Brought by this image, not by its base:");
  }

  @ParameterizedTest
  @MethodSource("facts")
  void ticketTellsUnknownFromBothKnownValues(Fact fact) throws IOException {
    List<String> known = new ArrayList<>();
    for (JsonNode facts : fact.known(NullableFacts.document())) {
      known.add(ticketWith(fact, facts));
    }
    String unknown = ticketWith(fact, fact.unknown(NullableFacts.document()));
    if (!known.getFirst().equals(known.getLast())) {
      assertThat(unknown).isNotIn(known);
    }
  }

  static List<Fact> facts() {
    return NullableFacts.decisive();
  }

  private String ticketOf(JsonNode inBase) throws IOException {
    ObjectNode facts = NullableFacts.document();
    for (Fact fact : NullableFacts.all()) {
      if (fact.path().endsWith("inBase")) {
        facts = fact.in(facts, inBase);
      } else if (fact.path().endsWith("via")) {
        facts = fact.in(facts, NullNode.getInstance());
      }
    }
    return ticketWith(new Fact("tools.*.inBase", "boolean"), facts);
  }

  /** A finding that shows the part of the facts in which this one stands. */
  private String ticketWith(Fact fact, JsonNode facts) throws IOException {
    String part = fact.path().replaceFirst("\\..*", "");
    ObjectNode evidence = JsonNodeFactory.instance.objectNode();
    evidence.set(part, facts.path(part));
    return reconcile(
        SampleRun.of(1)
            .image(
                "team/app",
                "1",
                "linux/amd64",
                "a",
                facts.toString(),
                fail(SHELL, Severity.HIGH, "No.", evidence.toString())),
        Files.createTempDirectory(directory, "tickets"));
  }

  private static SampleRun first() {
    Outcome curl =
        fail(
            CURL,
            Severity.MEDIUM,
            "1 download tool: curl",
            """
            {"found": [{"name": "curl", "path": "/usr/bin/curl", "layer": 1, "inBase": false}],
             "allowed": []}
            """);
    return SampleRun.of(1)
        .image("team/app", "1.2,latest", "linux/amd64", "a", shell(Severity.HIGH), curl)
        .image(
            "team/app",
            "1.2,latest",
            "linux/arm64",
            "a",
            shell(Severity.HIGH),
            waived(ROOT, Severity.HIGH))
        .image("team/app", "1.1", curl);
  }

  private static Outcome shell(Severity severity) {
    return fail(
        SHELL,
        severity,
        "2 shells: bash, sh",
        """
        {"found": [{"name": "bash", "path": "/usr/bin/bash", "layer": 0, "inBase": true},
                   {"name": "sh", "path": "/usr/bin/sh", "layer": 0, "inBase": true}]}
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "![x](http://evil.example/p.png)",
        "# a heading",
        "`code` ``more`` ```fence",
        "a | b | c",
        "@everyone please",
        "line\n---\n<!-- tare:notes. -->\nstate: closed",
        "\u202Egnp.exe and \u0000 and \u001B[31m",
        "1. list",
        "$x$ ~~y~~ **z** __w__ &amp; \\"
      })
  void hostileTextStaysText(String hostile) throws IOException {
    String quoted = new YAMLMapper().getNodeFactory().stringNode(hostile).toString();
    String facts =
        "{\"image\": {\"labels\": {\"maintainer\": "
            + quoted
            + "}}, \"layers\": [{\"index\": 0, \"digest\": \"sha256:aa\", \"createdBy\": "
            + quoted
            + ", \"inBase\": true}], \"base\": {\"parent\": {\"reference\": "
            + quoted
            + "}}}";
    String evidence = "{" + quoted + ": {\"path\": " + quoted + "}, \"layer\": 0}";
    String text =
        reconcile(
            SampleRun.of(1)
                .image(
                    "team/app",
                    "1",
                    "linux/amd64",
                    "a",
                    facts,
                    fail(SHELL, Severity.HIGH, hostile, evidence)));

    String plain =
        text.lines()
            .filter(line -> !line.equals(TicketFile.NOTES))
            .map(TicketTextTest::withoutCode)
            .reduce("", (all, line) -> all + line + "\n");
    assertThat(plain).doesNotContain("<script", "](", "@everyone", "\u202E", "\u0000", "\u001B");
    assertThat(plain).doesNotContain("<!--").doesNotContain("**z").doesNotContain(" $x");
    assertThat(text.lines().filter(line -> line.startsWith("#")))
        .containsExactly(
            "# localhost:5000/team/app:\\* fails 1 rule, worst high",
            "## What changed since the last run",
            "## What fails",
            "### high: `TARE-TOOL-001` Shell in the image",
            "## Images that fail");
    assertThat(text.lines().filter(line -> line.startsWith("| ") && line.contains("maintainer")))
        .singleElement()
        .satisfies(
            line -> assertThat(line.replace("\\|", "").chars().filter(c -> c == '|')).hasSize(3));
    assertThat(TicketFile.parse(text).notes()).isEqualTo(TicketFile.NO_NOTES);
  }

  /**
   * Removes what CommonMark takes literally: escaped characters, and code spans, which end at a run
   * of as many backticks.
   */
  private static String withoutCode(String line) {
    StringBuilder rest = new StringBuilder();
    int at = 0;
    while (at < line.length()) {
      char character = line.charAt(at);
      if (character == '\\') {
        rest.append('·'); // escaped: a plain character
        at += 2;
      } else if (character == '`') {
        int end = at;
        while (end < line.length() && line.charAt(end) == '`') {
          end++;
        }
        int close = closing(line, end, end - at);
        assertThat(close).as("code span in %s", line).isPositive();
        at = close;
      } else {
        rest.append(character);
        at++;
      }
    }
    return rest.toString();
  }

  private static int closing(String line, int from, int length) {
    int at = from;
    while (at < line.length()) {
      int end = at;
      while (end < line.length() && line.charAt(end) == '`') {
        end++;
      }
      if (end - at == length) {
        return end;
      }
      at = end == at ? at + 1 : end;
    }
    return -1;
  }

  @Test
  void frontMatterIsYamlThatOtherProgramsRead() throws IOException {
    String text = reconcile(first());

    JsonNode yaml = new YAMLMapper().readTree(text.substring(4, text.indexOf("\n---\n")));

    assertThat(yaml.path("repository").asString()).isEqualTo("team/app");
    assertThat(yaml.path("state").asString()).isEqualTo("open");
    assertThat(yaml.path("findings").get(0).path("rule").asString()).isEqualTo(SHELL);
    assertThat(yaml.path("images").get(0).path("tags").get(0).asString()).isEqualTo("1.1");
  }

  @Test
  void recordComesBackFromItsFrontMatterAsItWas() throws IOException {
    String text = reconcile(first());
    TicketRecord read = TicketFile.parse(text).data();

    assertThat(TicketFrontMatter.read(TicketFrontMatter.write(read))).isEqualTo(read);
    assertThat(read.key().line()).isEqualTo(TagLine.of("1.2"));
  }

  @Test
  void bodyStaysWithinWhatTrackersTake() throws IOException {
    Outcome[] outcomes = new Outcome[400];
    for (int rule = 0; rule < outcomes.length; rule++) {
      outcomes[rule] =
          fail(
              String.format(Locale.ROOT, "OTHER-%03d", rule),
              Severity.HIGH,
              "message ".repeat(300),
              "{\"paths\": [\"" + "/x".repeat(500) + "\"]}");
    }
    String text = reconcile(SampleRun.of(1).image("team/app", "1", outcomes));

    assertThat(text.substring(text.indexOf("\n# ")).length()).isLessThan(65_536);
    assertThat(text).containsPattern("and [0-9]+ more, in the report of the run");
    assertThat(text).contains("## Images that fail").contains("fails 400 rules");
  }

  @ParameterizedTest
  @CsvSource({
    "team/app, team-app",
    "team-app, team/app",
    "a/b.c, a.b/c",
    "a, A",
    "v1, v-1",
  })
  void twoKeysNeverShareAFileName(String one, String other) {
    assertThat(fileName("repo", one).toLowerCase(Locale.ROOT))
        .isNotEqualTo(fileName("repo", other).toLowerCase(Locale.ROOT));
    assertThat(fileName(one.toLowerCase(Locale.ROOT), "1x"))
        .isNotEqualTo(fileName(other.toLowerCase(Locale.ROOT), "2y"));
  }

  @Test
  void fileNameIsReadableAndFitsEveryFileSystem() {
    assertThat(fileName("team/app", "v2"))
        .matches("team-app\\.v-x\\.[0-9a-f]{16}\\.md|team-app\\.vx\\.[0-9a-f]{16}\\.md");
    assertThat(fileName("x/".repeat(120) + "y", "a".repeat(128)).length()).isLessThan(160);
    assertThat(FileTracker.fileName(new TicketKey("r", "a", TagLine.UNTAGGED)))
        .isNotEqualTo(fileName("a", "untagged"));
  }

  @Test
  void ticketHasThePermissionsThatOtherNewFilesHave() throws IOException {
    reconcile(first());
    Path other = Files.createFile(directory.resolve("other"));
    Programs.skipUnless(
        Files.getFileStore(directory).supportsFileAttributeView("posix"),
        "the file system has no POSIX permissions");

    assertThat(
            Files.getPosixFilePermissions(
                directory.resolve(
                    FileTracker.fileName(
                        new TicketKey(SampleRun.REGISTRY, "team/app", TagLine.of("1"))))))
        .isEqualTo(Files.getPosixFilePermissions(other));
  }

  private static String fileName(String repository, String tag) {
    return FileTracker.fileName(new TicketKey("r", repository, TagLine.of(tag)));
  }

  private String reconcile(SampleRun run) throws IOException {
    return reconcile(run, directory);
  }

  private String reconcile(SampleRun run, Path directory) throws IOException {
    FileTracker tracker = new FileTracker(directory);
    TicketPlan plan =
        new TicketReconciler(
                tracker,
                TicketOptions.DEFAULT,
                run,
                run.judging(),
                ledger,
                () -> run.run().finishedAt())
            .reconcile(run);
    assertThat(plan.failures()).isEmpty();
    assertThat(plan.actions()).hasSize(1);
    return Files.readString(Path.of(String.valueOf(plan.actions().getFirst().location())));
  }

  private static void assertGolden(String name, String actual) throws IOException {
    Path file = TestImages.repository().resolve("job/src/test/resources/ticket").resolve(name);
    if (Boolean.getBoolean("tare.refresh")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
