package dev.tare.ticket.tracker.jira;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Atlassian Document Format of Jira Cloud: a tree, in which text is text. Of its nodes those
 * are used that are neither a mention, nor a link, nor a macro.
 *
 * @see <a href="https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/">its
 *     structure</a>
 */
final class AdfText implements JiraText {
  private static final Parser PARSER = Parser.builder().build();
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public JsonNode description(String markdown, String notes) {
    ArrayNode below = nodes(notes);
    ArrayNode line = array();
    line.add(object("rule"));
    ObjectNode keeps = object("paragraph");
    keeps.putArray("content").add(text(LINE, "em"));
    line.add(keeps);
    ArrayNode content = bounded(blocks(markdown), LONGEST - length(below) - length(line));
    content.addAll(line);
    content.addAll(below);
    return document(content);
  }

  private static ArrayNode nodes(String notes) {
    if (notes.isBlank()) {
      return array();
    }
    try {
      return JSON.readTree(notes) instanceof ArrayNode nodes ? nodes : array();
    } catch (JacksonException e) {
      throw new IllegalStateException("notes of an issue are no nodes", e);
    }
  }

  @Override
  public String notes(JsonNode description) {
    JsonNode content = description.path("content");
    int last = -1;
    for (int at = 0; at < content.size(); at++) {
      JsonNode block = content.path(at);
      if (block.path("type").asString("").equals("paragraph")
          && words(block).strip().equals(LINE)) {
        last = at;
      }
    }
    ArrayNode below = array();
    for (int at = last + 1; last >= 0 && at < content.size(); at++) {
      below.add(content.path(at));
    }
    return below.isEmpty() ? "" : "\n" + below;
  }

  @Override
  public JsonNode comment(String markdown) {
    return document(bounded(blocks(markdown), LONGEST));
  }

  @Override
  public String words(JsonNode comment) {
    StringBuilder words = new StringBuilder();
    collect(comment, words);
    return words.toString();
  }

  private static void collect(JsonNode node, StringBuilder words) {
    words.append(node.path("text").asString(""));
    node.path("content").forEach(child -> collect(child, words));
    if (node.path("type").asString("").equals("paragraph")) {
      words.append('\n');
    }
  }

  private static ObjectNode document(ArrayNode content) {
    ObjectNode document = object("doc").put("version", 1);
    document.set("content", content);
    return document;
  }

  /** As many blocks as fit, of the last its beginning, with a sentence where some do not. */
  private static ArrayNode bounded(ArrayNode blocks, int limit) {
    if (length(blocks) <= limit) {
      return blocks;
    }
    ObjectNode cut = object("paragraph");
    cut.putArray("content").add(text(CUT, ""));
    int length = length(array()) + cut.toString().length();
    ArrayNode fit = array();
    for (JsonNode block : blocks) {
      int longer = length + block.toString().length() + 1;
      if (longer > limit) {
        beginning(block, limit - length - 1).ifPresent(fit::add);
        break;
      }
      length = longer;
      fit.add(block);
    }
    return fit.add(cut);
  }

  /** The first items of a list, or lines of code, as many as fit; empty where none does. */
  private static Optional<JsonNode> beginning(JsonNode block, int room) {
    return switch (block.path("type").asString("")) {
      case "bulletList", "orderedList" -> items(block, room);
      case "codeBlock" -> lines(block, room);
      default -> Optional.empty();
    };
  }

  private static Optional<JsonNode> items(JsonNode list, int room) {
    ObjectNode some = object(list.path("type").asString(""));
    ArrayNode items = some.putArray("content");
    int length = some.toString().length();
    for (JsonNode item : list.path("content")) {
      length += item.toString().length() + 1;
      if (length > room) {
        break;
      }
      items.add(item);
    }
    return items.isEmpty() ? Optional.empty() : Optional.of(some);
  }

  private static Optional<JsonNode> lines(JsonNode code, int room) {
    String all = code.path("content").path(0).path("text").asString("");
    for (int end = all.lastIndexOf('\n'); end > 0; end = all.lastIndexOf('\n', end - 1)) {
      JsonNode some = code.deepCopy();
      ((ObjectNode) some.path("content").path(0)).put("text", all.substring(0, end));
      if (some.toString().length() <= room) {
        return Optional.of(some);
      }
    }
    return Optional.empty();
  }

  private static int length(ArrayNode blocks) {
    return document(blocks).toString().length();
  }

  private static ArrayNode blocks(String markdown) {
    return content(PARSER.parse(markdown));
  }

  /** The blocks below a node. */
  private static ArrayNode content(Node parent) {
    ArrayNode blocks = array();
    for (Node block = parent.getFirstChild(); block != null; block = block.getNext()) {
      block.accept(new Blocks(blocks));
    }
    return blocks;
  }

  /** Makes nodes of blocks. */
  private static final class Blocks extends AbstractVisitor {
    private final ArrayNode blocks;

    Blocks(ArrayNode blocks) {
      this.blocks = blocks;
    }

    @Override
    public void visit(Heading heading) {
      ObjectNode node = object("heading");
      node.putObject("attrs").put("level", heading.getLevel());
      node.set("content", inline(heading));
      blocks.add(node);
    }

    @Override
    public void visit(Paragraph paragraph) {
      ObjectNode node = object("paragraph");
      node.set("content", inline(paragraph));
      blocks.add(node);
    }

    @Override
    public void visit(FencedCodeBlock code) {
      block(code.getLiteral(), code.getInfo());
    }

    @Override
    public void visit(IndentedCodeBlock code) {
      block(code.getLiteral(), "");
    }

    @Override
    public void visit(HtmlBlock html) {
      block(html.getLiteral(), "");
    }

    private void block(String literal, String language) {
      ObjectNode node = object("codeBlock");
      if (language.equals("sh")) {
        node.putObject("attrs").put("language", "shell");
      }
      String shown = literal.stripTrailing();
      if (!shown.isEmpty()) {
        node.putArray("content").add(text(shown, ""));
      }
      blocks.add(node);
    }

    @Override
    public void visit(BulletList list) {
      blocks.add(list(list, "bulletList"));
    }

    @Override
    public void visit(OrderedList list) {
      blocks.add(list(list, "orderedList"));
    }

    private static ObjectNode list(Node list, String type) {
      ObjectNode node = object(type);
      ArrayNode items = node.putArray("content");
      for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
        items.add(object("listItem").set("content", content(item)));
      }
      return node;
    }

    @Override
    public void visit(BlockQuote quote) {
      blocks.add(object("blockquote").set("content", content(quote)));
    }

    @Override
    public void visit(ThematicBreak line) {
      blocks.add(object("rule"));
    }
  }

  /** The text of a block, in pieces that have the same look. */
  private static ArrayNode inline(Node block) {
    ArrayNode pieces = array();
    Pieces visitor = new Pieces(pieces);
    for (Node piece = block.getFirstChild(); piece != null; piece = piece.getNext()) {
      piece.accept(visitor);
    }
    return pieces;
  }

  /** Makes nodes of text. */
  private static final class Pieces extends AbstractVisitor {
    private final ArrayNode pieces;
    private final List<String> marks = new ArrayList<>();

    Pieces(ArrayNode pieces) {
      this.pieces = pieces;
    }

    private void add(String literal) {
      if (!literal.isEmpty()) {
        pieces.add(text(literal, marks.isEmpty() ? "" : marks.getLast()));
      }
    }

    @Override
    public void visit(Text text) {
      add(text.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
      add(html.getLiteral());
    }

    @Override
    public void visit(Code code) {
      pieces.add(text(code.getLiteral(), "code"));
    }

    @Override
    public void visit(StrongEmphasis strong) {
      marked(strong, "strong");
    }

    @Override
    public void visit(Emphasis emphasis) {
      marked(emphasis, "em");
    }

    private void marked(Node node, String mark) {
      marks.add(mark);
      visitChildren(node);
      marks.removeLast();
    }

    @Override
    public void visit(Link link) {
      visitChildren(link);
      add(" (" + link.getDestination() + ")");
    }

    @Override
    public void visit(SoftLineBreak line) {
      add(" ");
    }

    @Override
    public void visit(HardLineBreak line) {
      pieces.add(object("hardBreak"));
    }
  }

  private static ObjectNode text(String literal, String mark) {
    ObjectNode node = object("text").put("text", literal);
    if (!mark.isEmpty()) {
      node.putArray("marks").add(object(mark));
    }
    return node;
  }

  private static ObjectNode object(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }
}
