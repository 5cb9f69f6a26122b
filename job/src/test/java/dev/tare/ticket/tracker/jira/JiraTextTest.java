package dev.tare.ticket.tracker.jira;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JiraTextTest {
  /** Markup of Jira: macros, mentions, links, an issue, images, smileys, headings, HTML. */
  private static final String HOSTILE =
      "{code} {noformat} {panel:title=x} [~admin] [a|https://evil.example] https://evil.example"
          + " OPS-1 !https://evil.example/x.png! :) (!) h1. x *b* _i_ -s- +u+ ^p^ ~b~ ??c?? {{m}}"
          + " {color:red}r{color} \\\\ | # ---- <b>html</b> &amp; @admin #1";

  private final WikiText wiki = new WikiText();
  private final AdfText adf = new AdfText();

  private static String in(String text, String place) {
    return switch (place) {
      case "code span" -> "Words `` " + text + " `` words.\n";
      case "code block" -> "````text\n" + text + "\n````\n";
      case "item" -> "- `` " + text + " ``\n";
      default -> text.replaceAll("([^A-Za-z0-9 ])", "\\\\$1") + "\n";
    };
  }

  /** Without what we mean, nothing is left but letters, digits, spaces, commas and references. */
  @ParameterizedTest
  @ValueSource(strings = {"code span", "code block", "item", "words"})
  void wikiMarkupReadsNothingOfImages(String place) {
    String text = wiki.comment(in(HOSTILE, place)).asString();

    String rest = text.replaceAll("\\{\\{([^{}]*)}}", "$1").replaceAll("(?m)^\\* ", "");
    assertThat(rest).matches("(?s)([\\p{L}\\p{N} ,\\n]|&#\\d+;)*");
    assertThat(rest.replaceAll("&#\\d+;", " ")).contains("evil");
  }

  @Test
  void blockOfCodeIsLiteralInWikiMarkup() {
    String text = wiki.comment("```text\n{code} [~admin] *b*\n  indented\n```\n").asString();

    assertThat(text).isEqualTo("{noformat}\n{code} [~admin] *b*\n  indented\n{noformat}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"code span", "code block", "item", "words"})
  void documentHoldsTextOfImagesAsText(String place) {
    JsonNode comment = adf.comment(in(HOSTILE, place));

    List<String> types = new ArrayList<>();
    types(comment, types);
    assertThat(types)
        .isSubsetOf("doc", "paragraph", "text", "code", "codeBlock", "bulletList", "listItem");
    assertThat(adf.words(comment)).contains("[~admin]", "{panel:title=x}", "OPS-1");
  }

  private static void types(JsonNode node, List<String> types) {
    if (node.has("type")) {
      types.add(node.path("type").asString());
    }
    node.path("content").forEach(child -> types(child, types));
    node.path("marks").forEach(mark -> types(mark, types));
  }

  @Test
  void structureOfATicketIsKept() {
    String markdown =
        "`a` fails **1 rule**.\n- `b`: *c*\n\n## What to do\n\n1. First\n\n```sh\ntare x\n```\n";

    assertThat(wiki.comment(markdown).asString())
        .isEqualTo(
            """
            {{a}} fails {*}1 rule{*}&#46;

            * {{b}}&#58; {_}c{_}

            h2. What to do

            # First

            {noformat}
            tare x
            {noformat}
            """);
    assertThat(adf.comment(markdown).toString())
        .isEqualTo(
            """
            {"type":"doc","version":1,"content":[
            {"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"code"}]},
            {"type":"text","text":" fails "},{"type":"text","text":"1 rule","marks":[{"type":"strong"}]},
            {"type":"text","text":"."}]},
            {"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[
            {"type":"text","text":"b","marks":[{"type":"code"}]},{"type":"text","text":": "},
            {"type":"text","text":"c","marks":[{"type":"em"}]}]}]}]},
            {"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"What to do"}]},
            {"type":"orderedList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[
            {"type":"text","text":"First"}]}]}]},
            {"type":"codeBlock","attrs":{"language":"shell"},"content":[{"type":"text","text":"tare x"}]}]}
            """
                .replace("\n", ""));
  }

  /** Below the last of such lines people write; one that an image says is in code. */
  @Test
  void notesAreWhatStandsBelowTheLine() {
    String markdown = "```\n" + JiraText.LINE + "\n```\n";

    assertThat(wiki.notes(wiki.description(markdown, "\nmine"))).isEqualTo("\nmine");
    JsonNode described = adf.description(markdown, "[{\"type\":\"rule\"}]");
    assertThat(adf.notes(described)).isEqualTo("\n[{\"type\":\"rule\"}]");
    assertThat(adf.notes(adf.description(markdown, ""))).isEmpty();
    assertThat(adf.notes(adf.comment(markdown))).isEmpty();
    assertThat(wiki.notes(wiki.comment("text"))).isEmpty();
  }

  /** One block that is too long is not left out: of an overview it is all there is. */
  @ParameterizedTest
  @ValueSource(strings = {"- [ ] team/app: 14 rules to fix (1 critical), `tare-%016x`", "line %d"})
  void ofALongListOrBlockOfCodeTheBeginningIsShown(String line) {
    String lines =
        IntStream.range(0, 5_000).mapToObj(line::formatted).collect(Collectors.joining("\n"));
    String markdown = line.startsWith("-") ? lines + "\n" : "```text\n" + lines + "\n```\n";

    String text = wiki.description("First\n\n" + markdown, "").asString();
    JsonNode document = adf.description("First\n\n" + markdown, "");

    assertThat(text).hasSizeBetween(30_000, JiraText.LONGEST).contains("Too long for Jira");
    assertThat(text.split("noformat", -1)).hasSize(line.startsWith("-") ? 1 : 3);
    assertThat(document.toString()).hasSizeBetween(30_000, JiraText.LONGEST);
    assertThat(document.path("content").findValuesAsString("type"))
        .contains(line.startsWith("-") ? "listItem" : "codeBlock");
    assertThat(adf.words(document)).contains("Too long for Jira");
  }
}
