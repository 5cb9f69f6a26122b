package dev.tare.ticket.tracker.jira;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The wiki markup of Jira Data Center. Whatever is neither a letter, a digit, a space nor a comma
 * is a character reference, so that it stands for itself: no macro, no link, no mention, no smiley.
 * Blocks of code are {@code noformat}, in which nothing but its own end has a meaning.
 *
 * @see <a href="https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all">Text
 *     formatting notation</a>
 */
final class WikiText implements JiraText {
  private static final Parser PARSER = Parser.builder().build();
  private static final String MARKED_LINE = "_" + LINE + "_";

  /** Begins and ends a block of code. */
  private static final String LITERAL = "{noformat}\n";

  @Override
  public JsonNode description(String markdown, String notes) {
    String tail = "\n----\n" + MARKED_LINE + notes;
    return string(bounded(blocks(markdown), LONGEST - tail.length()) + tail);
  }

  @Override
  public String notes(JsonNode description) {
    String text = description.asString("");
    int line = text.lastIndexOf(MARKED_LINE);
    return line < 0 ? "" : text.substring(line + MARKED_LINE.length());
  }

  @Override
  public JsonNode comment(String markdown) {
    return string(bounded(blocks(markdown), LONGEST));
  }

  @Override
  public String words(JsonNode comment) {
    return comment.asString("");
  }

  private static JsonNode string(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }

  /** As many blocks as fit, of the last its first lines, with a sentence where some do not. */
  private static String bounded(List<String> blocks, int limit) {
    String all = String.join("\n", blocks);
    if (all.length() <= limit) {
      return all;
    }
    StringBuilder fit = new StringBuilder();
    String cut = escaped(CUT) + "\n";
    for (String block : blocks) {
      int room = limit - fit.length() - 1 - cut.length();
      if (block.length() > room) {
        String lines = lines(block, room);
        fit.append(lines).append(lines.isEmpty() ? "" : "\n");
        break;
      }
      fit.append(block).append('\n');
    }
    return fit + cut;
  }

  /** Its first lines, as many as fit; empty where none does. */
  private static String lines(String block, int room) {
    String begin = block.startsWith(LITERAL) ? LITERAL : "";
    int end = block.lastIndexOf('\n', room - begin.length() - 1) + 1;
    return end <= begin.length() ? "" : block.substring(0, end) + begin;
  }

  private static List<String> blocks(String markdown) {
    List<String> blocks = new ArrayList<>();
    PARSER.parse(markdown).accept(new Blocks(blocks, ""));
    return blocks;
  }

  /** Makes markup of blocks; each ends with a line feed. */
  private static final class Blocks extends AbstractVisitor {
    private final List<String> blocks;

    /** Of the list that this is in: {@code **}. */
    private final String bullets;

    Blocks(List<String> blocks, String bullets) {
      this.blocks = blocks;
      this.bullets = bullets;
    }

    @Override
    public void visit(Heading heading) {
      blocks.add("h" + heading.getLevel() + ". " + inline(heading) + "\n");
    }

    @Override
    public void visit(Paragraph paragraph) {
      blocks.add((bullets.isEmpty() ? "" : bullets + " ") + inline(paragraph) + "\n");
    }

    @Override
    public void visit(FencedCodeBlock code) {
      blocks.add(block(code.getLiteral()));
    }

    @Override
    public void visit(IndentedCodeBlock code) {
      blocks.add(block(code.getLiteral()));
    }

    @Override
    public void visit(HtmlBlock html) {
      blocks.add(block(html.getLiteral()));
    }

    @Override
    public void visit(BulletList list) {
      items(list, "*");
    }

    @Override
    public void visit(OrderedList list) {
      items(list, "#");
    }

    private void items(Node list, String bullet) {
      List<String> items = new ArrayList<>();
      for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
        for (Node child = item.getFirstChild(); child != null; child = child.getNext()) {
          child.accept(new Blocks(items, bullets + bullet));
        }
      }
      blocks.add(String.join("", items));
    }

    @Override
    public void visit(BlockQuote quote) {
      visitChildren(quote);
    }

    @Override
    public void visit(ThematicBreak line) {
      blocks.add("----\n");
    }
  }

  /** Where the text would end the block, line by line and escaped instead. */
  private static String block(String literal) {
    String text = literal.stripTrailing();
    if (!text.toLowerCase(Locale.ROOT).contains("{noformat")) {
      return LITERAL + text + "\n" + LITERAL;
    }
    StringBuilder lines = new StringBuilder();
    text.lines().forEach(line -> lines.append(code(line)).append("\n\n"));
    return lines.toString();
  }

  private static String inline(Node block) {
    StringBuilder text = new StringBuilder();
    block.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text words) {
            text.append(escaped(words.getLiteral()));
          }

          @Override
          public void visit(HtmlInline html) {
            text.append(escaped(html.getLiteral()));
          }

          @Override
          public void visit(Code words) {
            text.append(code(words.getLiteral()));
          }

          @Override
          public void visit(StrongEmphasis strong) {
            text.append("{*}");
            visitChildren(strong);
            text.append("{*}");
          }

          @Override
          public void visit(Emphasis emphasis) {
            text.append("{_}");
            visitChildren(emphasis);
            text.append("{_}");
          }

          @Override
          public void visit(Link link) {
            visitChildren(link);
            text.append(escaped(" (" + link.getDestination() + ")"));
          }

          @Override
          public void visit(SoftLineBreak line) {
            text.append(' ');
          }

          @Override
          public void visit(HardLineBreak line) {
            text.append('\n');
          }
        });
    return text.toString();
  }

  private static String code(String literal) {
    return literal.isBlank() ? "" : "{{" + escaped(literal) + "}}";
  }

  static String escaped(String literal) {
    StringBuilder text = new StringBuilder(literal.length() * 2);
    literal
        .codePoints()
        .forEach(character -> {
          if (Character.isLetterOrDigit(character) || character == ' ' || character == ',') {
            text.appendCodePoint(character);
          } else {
            text.append("&#").append(character).append(';');
          }
        });
    return text.toString();
  }
}
