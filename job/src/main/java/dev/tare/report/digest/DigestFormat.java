package dev.tare.report.digest;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as a receiver takes it. What images and registries say stands only where the receiver
 * reads no markup: it calls nobody, and is no link.
 */
public enum DigestFormat {
  /**
   * Texts of the type {@code plain_text}.
   *
   * @see <a href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object/">Text
   *     object</a>
   */
  SLACK {
    @Override
    ObjectNode node(DigestText text) {
      ObjectNode message = object();
      // What notifications show; it holds numbers alone.
      message.put("text", title(text));
      ArrayNode blocks = message.putArray("blocks");
      ObjectNode header = blocks.addObject().put("type", "header");
      header.set("text", plain(title(text)));
      section(blocks, text.changes());
      list(blocks, NEW, text.newLines());
      list(blocks, WORST, text.worstLines());
      section(blocks, about(text));
      URI link = text.link();
      if (link != null) {
        ObjectNode section = blocks.addObject().put("type", "section");
        section
            .putObject("text")
            .put("type", "mrkdwn")
            .put("verbatim", true)
            .put("text", "<" + entities(link.toASCIIString()).replace("|", "%7C") + "|Report>");
      }
      return message;
    }

    private void list(ArrayNode blocks, String heading, List<String> lines) {
      if (!lines.isEmpty()) {
        section(blocks, heading + ":");
        // One each: a text may have 3,000 characters, and a name of odd ones is as long as five.
        lines.forEach(line -> section(blocks, "• " + line));
      }
    }

    private void section(ArrayNode blocks, String text) {
      blocks.addObject().put("type", "section").set("text", plain(text));
    }

    private ObjectNode plain(String text) {
      return object().put("type", "plain_text").put("emoji", false).put("text", entities(text));
    }

    // As Slack asks for in any text.
    private String entities(String text) {
      return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
  },

  /**
   * An Adaptive Card, of whose elements {@code TextRun} has no markup; a mention would be an
   * entity, and there is none.
   *
   * @see <a href="https://adaptivecards.io/explorer/TextRun.html">TextRun</a>
   */
  TEAMS {
    @Override
    ObjectNode node(DigestText text) {
      ObjectNode message = object().put("type", "message");
      ObjectNode attachment = message.putArray("attachments").addObject();
      attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
      ObjectNode card = attachment.putObject("content");
      card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
      card.put("type", "AdaptiveCard").put("version", "1.4");
      ArrayNode body = card.putArray("body");
      run(body, title(text), true);
      run(body, text.changes(), false);
      list(body, NEW, text.newLines());
      list(body, WORST, text.worstLines());
      run(body, about(text), false);
      URI link = text.link();
      if (link != null) {
        card.putArray("actions")
            .addObject()
            .put("type", "Action.OpenUrl")
            .put("title", "Report")
            .put("url", link.toASCIIString());
      }
      return message;
    }

    private void list(ArrayNode body, String heading, List<String> lines) {
      if (!lines.isEmpty()) {
        run(body, heading, true);
        lines.forEach(line -> run(body, line, false));
      }
    }

    private void run(ArrayNode body, String text, boolean bold) {
      ObjectNode run = object().put("type", "TextRun").put("text", text);
      if (bold) {
        run.put("weight", "Bolder");
      }
      body.addObject().put("type", "RichTextBlock").putArray("inlines").add(run);
    }
  },

  /**
   * Markdown, with what others say in code blocks.
   *
   * @see <a href="https://developers.mattermost.com/integrate/webhooks/incoming/">Incoming
   *     webhooks</a>
   */
  MATTERMOST {
    @Override
    ObjectNode node(DigestText text) {
      StringBuilder page = new StringBuilder();
      page.append("**").append(title(text)).append("**\n\n").append(text.changes()).append('\n');
      list(page, NEW, text.newLines());
      list(page, WORST, text.worstLines());
      block(page, List.of(about(text)));
      URI link = text.link();
      if (link != null) {
        page.append("\n[Report](<")
            .append(link.toASCIIString().replace("<", "%3C").replace(">", "%3E"))
            .append(">)\n");
      }
      return object().put("text", page.toString());
    }

    private void list(StringBuilder page, String heading, List<String> lines) {
      if (!lines.isEmpty()) {
        page.append('\n').append(heading).append(":\n");
        block(page, lines);
      }
    }

    private void block(StringBuilder page, List<String> lines) {
      String block = String.join("\n", lines);
      String fence = "`".repeat(Math.max(3, longestRunOfBackticks(block) + 1));
      page.append('\n').append(fence).append("text\n");
      page.append(block).append('\n').append(fence).append('\n');
    }

    private int longestRunOfBackticks(String text) {
      int longest = 0;
      int run = 0;
      for (int at = 0; at < text.length(); at++) {
        run = text.charAt(at) == '`' ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
      return longest;
    }
  },

  /** For programs: {@code docs/schemas/digest.schema.json} describes it. */
  JSON {
    @Override
    ObjectNode node(DigestText text) {
      ObjectNode event = object().put("type", "run.digest").put("timestamp", text.at().toString());
      ObjectNode data = event.putObject("data");
      data.put("run", text.run()).put("earlier", text.earlier()).put("targets", text.targets());
      data.put("images", text.summary().images()).put("failing", text.summary().failing());
      data.put("unknown", text.summary().unknown());
      data.put("notInspected", text.summary().notInspected());
      ObjectNode fresh = data.putObject("new");
      text.fresh().forEach((severity, count) -> fresh.put(severity.word(), count));
      data.put("fixed", text.fixed());
      ArrayNode news = data.putArray("newFindings");
      text.news()
          .forEach(one ->
              news.addObject()
                  .put("severity", one.severity().word())
                  .put("rule", one.rule())
                  .put("image", one.reference())
                  .put("platform", one.platform()));
      ArrayNode worst = data.putArray("worstImages");
      text.worst()
          .forEach(image ->
              worst
                  .addObject()
                  .put("image", image.reference())
                  .put("platform", image.platform())
                  .put("critical", image.critical())
                  .put("high", image.high())
                  .put("medium", image.medium())
                  .put("low", image.low()));
      data.put("link", link(text.link()));
      return event;
    }

    private @Nullable String link(@Nullable URI link) {
      return link == null ? null : link.toASCIIString();
    }
  };

  private static final Map<String, DigestFormat> BY_WORD =
      Map.of("slack", SLACK, "teams", TEAMS, "mattermost", MATTERMOST, "json", JSON);

  private static final String NEW = "New";
  private static final String WORST = "Worst images";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** The format of this word: {@code slack}. */
  public static DigestFormat ofWord(String word) {
    DigestFormat format = BY_WORD.get(word);
    if (format == null) {
      throw new IllegalArgumentException(word + ": no format of a digest");
    }
    return format;
  }

  /** The message. */
  public byte[] message(DigestText text) {
    return MAPPER.writeValueAsBytes(node(text));
  }

  abstract ObjectNode node(DigestText text);

  private static String title(DigestText text) {
    return "Tare: " + text.verdict();
  }

  private static String about(DigestText text) {
    return "Run " + DigestText.shown(text.run()) + " of " + text.targets();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
