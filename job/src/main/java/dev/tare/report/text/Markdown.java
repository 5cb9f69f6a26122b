package dev.tare.report.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.markdown.MarkdownRenderer;

/** A Markdown page of plain texts: whatever they hold, it is shown and not interpreted. */
public final class Markdown {
  private static final Set<Extension> EXTENSIONS = Set.of(TablesExtension.create());

  private static final MarkdownRenderer RENDERER =
      MarkdownRenderer.builder().extensions(EXTENSIONS).build();

  private final Document document = new Document();

  /** What leads to a heading of the same page, in Markdown as in HTML. */
  private static String anchor(String heading) {
    return shown(heading)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  public void heading(int level, String text) {
    Heading heading = new Heading();
    heading.setLevel(level);
    document.appendChild(with(heading, text));
  }

  public void paragraph(String text) {
    document.appendChild(with(new Paragraph(), text));
  }

  /**
   * A list.
   *
   * @param all how many there are, where not all are listed
   */
  public void list(List<String> items, int all) {
    BulletList list = new BulletList();
    list.setTight(true);
    items.forEach(item -> list.appendChild(item(item)));
    if (all > items.size()) {
      list.appendChild(item("and " + (all - items.size()) + " more"));
    }
    document.appendChild(list);
  }

  /** Links to these headings of the same page. */
  public void contents(List<String> headings) {
    BulletList list = new BulletList();
    list.setTight(true);
    for (String heading : headings) {
      Paragraph paragraph = new Paragraph();
      paragraph.appendChild(with(new Link("#" + anchor(heading), null), heading));
      ListItem item = new ListItem();
      item.appendChild(paragraph);
      list.appendChild(item);
    }
    document.appendChild(list);
  }

  private static ListItem item(String text) {
    ListItem item = new ListItem();
    item.appendChild(with(new Paragraph(), text));
    return item;
  }

  /** Lines as they are, of which no reader makes a link, a mention or anything else. */
  public void code(List<String> lines) {
    FencedCodeBlock block = new FencedCodeBlock();
    block.setLiteral(
        lines.stream().map(Markdown::shown).collect(Collectors.joining("\n", "", "\n")));
    document.appendChild(block);
  }

  public void table(List<String> headings, List<List<String>> rows) {
    TableBlock table = new TableBlock();
    TableHead head = new TableHead();
    head.appendChild(row(headings));
    table.appendChild(head);
    TableBody body = new TableBody();
    rows.forEach(row -> body.appendChild(row(row)));
    table.appendChild(body);
    document.appendChild(table);
  }

  private static TableRow row(List<String> cells) {
    TableRow row = new TableRow();
    cells.forEach(cell -> row.appendChild(cell(cell)));
    return row;
  }

  /** Some readers take a backslash at the end for one that belongs to the bar behind it. */
  private static Node cell(String text) {
    Node cell = with(new TableCell(), text);
    if (cell.getLastChild() instanceof Text last && last.getLiteral().endsWith("\\")) {
      last.setLiteral(last.getLiteral() + " ");
    }
    return cell;
  }

  private static Node with(Node block, String text) {
    block.appendChild(new Text(shown(text)));
    return block;
  }

  private static String shown(String text) {
    return ControlCharacters.shown(text.replaceAll("\\s+", " ").strip());
  }

  public String text() {
    return RENDERER.render(document);
  }

  /**
   * The same as HTML, without a head; headings have what leads to them as their identifier.
   *
   * @param classes of cells by what they say, as far as one has a class
   */
  public String html(Function<String, Optional<String>> classes) {
    return HtmlRenderer.builder()
        .extensions(EXTENSIONS)
        .escapeHtml(true)
        .attributeProviderFactory(context ->
            (node, tag, attributes) -> {
              if (node instanceof Heading && node.getFirstChild() instanceof Text text) {
                attributes.put("id", anchor(text.getLiteral()));
              } else if (node instanceof TableCell && node.getFirstChild() instanceof Text text) {
                classes.apply(text.getLiteral()).ifPresent(known -> attributes.put("class", known));
              }
            })
        .build()
        .render(document);
  }
}
