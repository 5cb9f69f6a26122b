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
import dev.tare.ticket.text.MarkdownText;
import dev.tare.ticket.tracker.file.FileTracker;
import dev.tare.ticket.tracker.file.TicketFile;
import dev.tare.ticket.tracker.file.TicketFrontMatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
    assertThat(ticketOf(NullNode.getInstance()))
        .contains("layer 0 (base or image: unknown): ")
        .doesNotContain("(this image)")
        .doesNotContain("(base)");
    assertThat(ticketOf(BooleanNode.TRUE)).contains("layer 0 (base): ");
    assertThat(ticketOf(BooleanNode.FALSE)).contains("layer 0 (this image): ");
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
    String[] steps = fact.path().split("\\.", -1);
    JsonNode part = facts.path(steps[0]);
    ObjectNode evidence = JsonNodeFactory.instance.objectNode();
    if (part.isObject() && part.has(steps[1])) {
      // Alone: other lists of the same part name layers too.
      evidence.putObject(steps[0]).set(steps[1], part.path(steps[1]));
    } else {
      evidence.set(steps[0], part);
    }
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
            {"items": [{"name": "curl", "path": "/usr/bin/curl", "layer": 1, "inBase": false}],
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
        {"items": [{"name": "bash", "path": "/usr/bin/bash", "layer": 0, "inBase": true},
                   {"name": "sh", "path": "/usr/bin/sh", "layer": 0, "inBase": true}]}
        """);
  }

  @Test
  void newerImageThatCompliesIsNamedWithWhatClosesTheTicket() throws IOException {
    String day = "{\"image\": {\"created\": \"2026-10-0%dT00:00:00Z\"}}";
    SampleRun run =
        SampleRun.of(1)
            .image("a", "1.2", "linux/amd64", "a", day.formatted(1), fail(ROOT, Severity.LOW))
            .image("a", "1.3", "linux/amd64", "a", day.formatted(2), pass(ROOT));

    assertThat(reconcile(run, Files.createTempDirectory(directory, "newer")))
        .contains("**The newest tag, `1.3`, complies.** What fails is older: `1.2`.")
        .contains("a newer tag alone does not close it");
    assertThat(
            reconcile(
                run.image("a", "1.4", "linux/amd64", "a", "{}", fail(ROOT, Severity.LOW)),
                Files.createTempDirectory(directory, "unknown")))
        .as("when 1.4 was built is not known")
        .doesNotContain("The newest tag");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileTextOfImagesIsCode(String hostile) throws IOException {
    String quoted = new YAMLMapper().getNodeFactory().stringNode(hostile).toString();
    String facts =
        """
        {"image": {"labels": {"maintainer": %1$s, "org.opencontainers.image.source": %1$s}},
         "layers": [{"index": 0, "digest": "sha256:aa", "createdBy": %1$s, "inBase": true},
                    {"index": 1, "createdBy": %1$s, "inBase": false}],
         "base": {"parent": {"reference": %1$s, "layers": 1},
                  "lineage": [{"reference": %1$s, "layers": 1}]}}
        """
            .formatted(quoted);
    String evidence =
        """
        {"items": [{"path": %1$s, "layer": 0, "inBase": true},
                   {"name": %1$s, "layer": 1, "inBase": false}], %1$s: %1$s}
        """
            .formatted(quoted);
    SampleRun run =
        SampleRun.of(1)
            .image(
                "team/app",
                "1",
                hostile,
                "a",
                facts,
                fail(SHELL, Severity.HIGH, hostile, evidence),
                fail(ROOT, Severity.LOW, hostile, "{\"step\": " + quoted + "}"));

    String text = reconcile(run);

    assertOnlyCodeHolds(text);
    if (hostile.codePoints().allMatch(character -> character >= ' ' && character <= '~')) {
      assertThat(text).as("it can be copied").contains(hostile);
    }
    assertThat(TicketFile.parse(text).notes()).isEqualTo(TicketFile.NO_NOTES);
  }

  @Test
  void stepOfAnImageEndsTheTextOfNoTicket() throws IOException {
    String step = "RUN /bin/sh -c apt-get install -y x\\n" + TicketFile.NOTES + "\\nours";
    String facts =
        "{\"layers\": [{\"index\": 0}, {\"index\": 1, \"createdBy\": \"" + step + "\"}]}";
    String evidence =
        "{\"items\": [{\"step\": \"" + step + "\", \"layer\": 1, \"inBase\": false}]}";

    String text =
        reconcile(
            SampleRun.of(1)
                .image(
                    "team/app",
                    "1",
                    "linux/amd64",
                    "a",
                    facts,
                    fail("TARE-PKG-010", Severity.LOW, "1 step", evidence)));

    assertThat(text).contains("## Evidence");
    assertThat(TicketFile.parse(text).notes()).isEqualTo(TicketFile.NO_NOTES);
  }

  @Test
  void howManyMoreFindingsThereAreLeavesOutWhatStandsFromEarlierRuns() throws IOException {
    reconcile(SampleRun.of(1).image("team/app", "1", many("OLD", 20)));

    String text = reconcile(SampleRun.of(2, "elsewhere").image("team/app", "2", many("NEW", 155)));

    assertThat(text).contains("and 5 more, in the report of the run");
  }

  private static Outcome[] many(String name, int number) {
    Outcome[] outcomes = new Outcome[number];
    for (int rule = 0; rule < number; rule++) {
      String id = String.format(Locale.ROOT, "%s-%03d", name, rule);
      outcomes[rule] = fail(id, Severity.HIGH, "message ".repeat(300), "{}");
    }
    return outcomes;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileTextOfPoliciesIsCode(String hostile) {
    assertOnlyCodeHolds(MarkdownText.words(hostile, 500));
    assertOnlyCodeHolds(MarkdownText.words("See this: " + hostile + ".", 500));
  }

  static List<String> hostile() {
    return List.of(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)> <!-- x",
        "[click](javascript:alert(1))",
        "![x](http://evil.example/p.png)",
        "# a-1 heading",
        "`code` ``more`` ```fence",
        "```\n# out\n/close",
        "~~~\n@everyone",
        "a_1 | b_1 | c_1\n--|--|--",
        "@everyone please_1",
        "#1 and !2 and org/repo#3 and GH-4",
        "/close",
        "/label ~bug",
        "{code}h1. x{code} {panel} [~admin] !http://evil.example/x.png!",
        "https://evil.example www.evil.example",
        "line\n---\n<!-- tare:notes. -->\nstate:_closed",
        "\u202Egnp.exe \u200B_ \u0000_ \u001B[31m",
        "1. list_1",
        "- list_1",
        "> quote_1",
        "$x$ ~~y~~ **z** __w__ &amp; \\");
  }

  /** Parses what GitHub, Gitea and GitLab take for Markdown. */
  private static void assertOnlyCodeHolds(String markdown) {
    String body = markdown.substring(markdown.indexOf("\n---\n") + 1).replace("---\n", "");
    List<String> shown = new ArrayList<>();
    Parser.builder()
        .extensions(List.of(TablesExtension.create()))
        .build()
        .parse(body)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Text text) {
                shown.add(text.getLiteral());
              }

              @Override
              public void visit(HtmlInline html) {
                shown.add("HTML " + html.getLiteral());
              }

              @Override
              public void visit(HtmlBlock html) {
                if (!html.getLiteral().strip().equals(TicketFile.NOTES)) {
                  shown.add("HTML " + html.getLiteral());
                }
              }

              @Override
              public void visit(Link link) {
                shown.add("LINK " + link.getDestination());
              }

              @Override
              public void visit(Image image) {
                shown.add("IMAGE " + image.getDestination());
              }

              @Override
              public void visit(BlockQuote quote) {
                shown.add("QUOTE ");
              }

              @Override
              public void visit(OrderedList list) {
                shown.add("LIST ");
              }
            });
    assertThat(shown)
        .allSatisfy(text ->
            assertThat(text)
                .doesNotStartWith("HTML ")
                .doesNotStartWith("LINK ")
                .doesNotStartWith("IMAGE ")
                .doesNotStartWith("QUOTE ")
                .doesNotStartWith("LIST ")
                .doesNotContain("@", "#", "_", "~", "<", ">", "&", "$", "|", "://", "www.", "GH-")
                .doesNotStartWith("/"));
    assertThat(markdown)
        .as("what does not show is written out")
        .doesNotContain("\u202E", "\u200B", "\u0000", "\u001B");
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
  void bodyIsCutAtTheEndOfASectionAndSaysSo() throws IOException {
    SampleRun run = SampleRun.of(1).image("team/app", "1", many("OTHER", 100));
    List<Ticket> tickets = new ArrayList<>();
    TicketTracker small =
        new TicketTracker() {
          @Override
          public String name() {
            return "small";
          }

          @Override
          public String place() {
            return "small";
          }

          @Override
          public KnownTickets known() {
            return new KnownTickets(List.of(), List.of());
          }

          @Override
          public String write(Ticket ticket, @Nullable String location) {
            tickets.add(ticket);
            return "1";
          }
        };

    reconciler(small, run).reconcile(run);

    assertThat(tickets)
        .singleElement()
        .satisfies(ticket -> {
          assertThat(ticket.title()).isEqualTo("team/app: 100 rules to fix (100 high)");
          assertThat(ticket.labels()).containsExactly("tare", "severity-high");
          assertThat(ticket.comment()).as("there is nothing to compare with").isNull();
          assertThat(ticket.body().text(4_000))
              .hasSizeLessThanOrEqualTo(4_000)
              .contains("## What to do", "## Images that fail", "## When this closes")
              .doesNotContain("## Evidence")
              .endsWith("left out: Evidence. The report of the run has it.\n");
          assertThat(ticket.body().text(1_000)).hasSizeLessThanOrEqualTo(1_000);
        });
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
    TicketPlan plan = reconciler(new FileTracker(directory), run).reconcile(run);
    assertThat(plan.failures()).isEmpty();
    assertThat(plan.actions()).hasSize(1);
    return Files.readString(Path.of(String.valueOf(plan.actions().getFirst().location())));
  }

  private TicketReconciler reconciler(TicketTracker tracker, SampleRun run) {
    return new TicketReconciler(
        tracker,
        TicketOptions.DEFAULT,
        run,
        run.judging(),
        ledger,
        List::of,
        () -> run.run().finishedAt());
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
