package dev.tare.report.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import dev.tare.finding.ImageHistory;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.PastRun;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Verdict;
import dev.tare.http.HttpOptions;
import dev.tare.http.WebhookSecrets;
import dev.tare.report.Digest;
import dev.tare.report.ReportInput;
import dev.tare.report.Schemas;
import dev.tare.stop.StopSignal;
import dev.tare.testing.SampleRun;
import dev.tare.testing.TestImages;
import dev.tare.testing.WebhookReceiver;
import dev.tare.testing.WebhookReceiver.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DigestTest {
  private static final URI LINK = URI.create("https://reports.example.com/tare/?a=1&b=2");
  private static final JsonMapper JSON = new JsonMapper();

  /** Markup of each chat, and what calls people in it. */
  private static final String HOSTILE =
      "<!channel> <@U123> @all @here *b* _i_ ```x [a](https://evil.example) <https://evil.example|a> & \u202e";

  private final SampleRun run = SampleRun.small();

  private static ReportInput input(RunResults results, @Nullable Comparison since) {
    return new ReportInput(results, since, List.of(), ImageHistory.NONE, null);
  }

  private ReportInput changed() {
    return input(run, Comparison.of(run.earlier(image -> image.digest().hashCode() % 2 == 0), run));
  }

  private static JsonNode message(DigestFormat format, ReportInput input) {
    DigestText text = DigestText.of(input, LINK).orElseThrow();
    return JSON.readTree(format.message(text));
  }

  @Test
  void nightInWhichNothingChangedHasNoDigest() {
    Comparison since = Comparison.of(run.earlier(any -> true), run);

    assertThat(DigestText.of(input(run, since), LINK)).isEmpty();
  }

  /** A registry that shows nothing tonight has fixed nothing, and is no quiet night. */
  @Test
  void nightInWhichLessCouldBeInspectedHasADigest() {
    Comparison since = Comparison.of(run.earlier(any -> true), run);
    RunSummary all = run.summary();
    RunSummary before =
        new RunSummary(
            all.repositories(),
            all.images(),
            all.compliant(),
            all.failing(),
            all.unknown(),
            all.notInspected() + 1,
            all.attached(),
            all.layersUnique(),
            all.layersFetched(),
            all.bytesFetched(),
            all.findings(),
            all.vulnerabilities(),
            all.score());
    PastRun past = new PastRun(since.earlier().id(), Instant.EPOCH, before);

    assertThat(
            DigestText.of(
                new ReportInput(run, since, List.of(past), ImageHistory.NONE, null), LINK))
        .isPresent();
    RunResults nothing = SampleRun.empty();
    assertThat(DigestText.of(input(nothing, Comparison.of(run, nothing)), LINK)).isPresent();
  }

  @Test
  void newAndFixedAreThoseOfTheComparison() throws IOException {
    ReportInput input = changed();
    Comparison since = Objects.requireNonNull(input.since());

    JsonNode data = message(DigestFormat.JSON, input).path("data");

    int fresh = 0;
    for (JsonNode count : data.path("new")) {
      fresh += count.intValue();
    }
    // Notes are no findings that fail.
    assertThat(fresh).isPositive().isLessThanOrEqualTo(since.count(FindingChange.NEW));
    assertThat(data.path("earlier").asString()).isEqualTo(since.earlier().id());
    assertThat(data.path("newFindings")).hasSize(Math.min(5, fresh));
    assertThat(data.path("worstImages")).hasSize(Math.min(5, run.summary().failing()));
    assertThat(data.path("link").asString()).isEqualTo(LINK.toString());
    RunResults good =
        SampleRun.of(
            run.images().stream().filter(image -> image.verdict() == Verdict.COMPLIANT).toList());
    assertThat(message(DigestFormat.JSON, input(good, null)).path("data").path("worstImages"))
        .isEmpty();
  }

  @Test
  void jsonIsAsItsSchemaDescribesIt() throws IOException {
    var schema =
        Schemas.of(
            Files.readString(TestImages.repository().resolve("docs/schemas/digest.schema.json")));
    for (ReportInput input :
        List.of(changed(), input(run, null), input(SampleRun.empty(), null), hostile())) {
      String text = message(DigestFormat.JSON, input).toString();
      assertThat(schema.validate(text, InputFormat.JSON)).as(text).isEmpty();
    }
  }

  /** One that nobody would name so, in a registry that names it all the same. */
  private ReportInput hostile() {
    JudgedImage image =
        run.images().stream()
            .filter(one -> one.verdict() == Verdict.FAILING)
            .findFirst()
            .orElseThrow();
    SampleRun results =
        SampleRun.of(
            List.of(
                new JudgedImage(
                    image.registry(),
                    image.repository(),
                    image.tags(),
                    HOSTILE,
                    image.digest(),
                    HOSTILE,
                    image.verdict(),
                    image.facts(),
                    image.outcomes())));
    return input(results, Comparison.of(SampleRun.empty(), results));
  }

  @Test
  void slackReadsNoMarkupOfImages() {
    JsonNode message = message(DigestFormat.SLACK, hostile());

    assertThat(message.path("text").asString()).isEqualTo("Tare: 1 of 1 image fails");
    List<JsonNode> marked = new ArrayList<>();
    for (JsonNode block : message.path("blocks")) {
      JsonNode text = block.path("text");
      String shown = text.path("text").asString();
      assertThat(shown.length()).isBetween(1, 3_000);
      if (text.path("type").asString().equals("plain_text")) {
        assertThat(text.path("emoji").asBoolean(true)).isFalse();
        assertThat(shown).doesNotContain("<", ">", "\u202e");
      } else {
        marked.add(text);
      }
    }
    assertThat(marked).hasSize(1);
    assertThat(marked.getFirst().path("text").asString())
        .isEqualTo("<https://reports.example.com/tare/?a=1&amp;b=2|Report>");
    assertThat(message.toString()).contains("&lt;!channel&gt;");
  }

  @Test
  void teamsReadsNoMarkupOfImages() {
    JsonNode card =
        message(DigestFormat.TEAMS, hostile()).path("attachments").path(0).path("content");

    assertThat(card.has("msteams")).isFalse();
    assertThat(card.path("body"))
        .isNotEmpty()
        .allSatisfy(block -> {
          assertThat(block.path("type").asString()).isEqualTo("RichTextBlock");
          assertThat(block.path("inlines"))
              .hasSize(1)
              .allMatch(run -> run.path("type").asString().equals("TextRun"))
              .noneMatch(run -> run.has("selectAction"));
        });
    assertThat(card.toString()).contains("<!channel>").doesNotContain("\u202e", "\\u202E");
    assertThat(card.path("actions")).hasSize(1);
    assertThat(card.path("actions").path(0).path("url").asString()).isEqualTo(LINK.toString());
  }

  @Test
  void mattermostReadsNoMarkupOfImages() {
    String text = message(DigestFormat.MATTERMOST, hostile()).path("text").asString();
    List<String> links = new ArrayList<>();

    Node page = Parser.builder().build().parse(text);
    page.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text words) {
            assertThat(words.getLiteral()).doesNotContain("@", "evil");
          }

          @Override
          public void visit(Link link) {
            links.add(link.getDestination());
          }

          @Override
          public void visit(Code code) {
            throw new AssertionError(code.getLiteral());
          }

          @Override
          public void visit(HtmlInline html) {
            throw new AssertionError(html.getLiteral());
          }

          @Override
          public void visit(HtmlBlock html) {
            throw new AssertionError(html.getLiteral());
          }
        });
    assertThat(links).containsExactly(LINK.toString());
    assertThat(text).hasSizeLessThan(4_000).contains("@all").doesNotContain("\u202e");
  }

  private static Digest digest(String format, WebhookReceiver receiver) {
    HttpOptions http = HttpOptions.defaults().withRetries(1, Duration.ofMillis(1));
    return new Digest(
        format,
        URI.create(receiver.address()),
        format.equals("json")
            ? WebhookSecrets.parse(WebhookReceiver.SECRET)
            : WebhookSecrets.none(),
        LINK,
        http,
        new StopSignal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"slack", "teams", "mattermost", "json"})
  void oneMessageIsSentWhereSomethingChanged(String format) throws IOException {
    try (WebhookReceiver receiver =
        new WebhookReceiver(format.equals("json") ? WebhookReceiver.SECRET : null)) {
      assertThat(digest(format, receiver).send(changed())).isTrue();
      assertThat(
              digest(format, receiver)
                  .send(input(run, Comparison.of(run.earlier(any -> true), run))))
          .isFalse();

      assertThat(receiver.violations()).isEmpty();
      assertThat(receiver.taken()).hasSize(1);
      byte[] expected =
          DigestFormat.ofWord(format).message(DigestText.of(changed(), LINK).orElseThrow());
      assertThat(receiver.taken()).containsExactly(new String(expected, StandardCharsets.UTF_8));
    }
  }

  @Test
  void messageThatNobodyTakesIsAFailureThatShowsNoAddress() throws IOException {
    try (WebhookReceiver receiver = new WebhookReceiver(null)) {
      receiver.fault(new Fault(404, Map.of(), false));

      assertThatThrownBy(() -> digest("slack", receiver).send(changed()))
          .isInstanceOfSatisfying(
              TareException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
                assertThat(e.hint()).contains("its reports are written");
              })
          .hasMessageEndingWith(": 404")
          .hasMessageNotContaining("hook");
    }
  }
}
