package dev.tare.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of others stay in the cells in which they stand. */
class MarkdownTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a\\", "a\\\\", "a|b", "a\\|b", "|", "\\", "a` | `b", "<b>|</b>", "a\n|b|"})
  void cellHoldsWhatItSays(String text) {
    Markdown page = new Markdown();
    page.table(List.of("One", "Two"), List.of(List.of(text, "last")));

    List<String> cells = new ArrayList<>();
    Parser.builder()
        .extensions(Set.of(TablesExtension.create()))
        .build()
        .parse(page.text())
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(CustomNode node) {
                if (node instanceof TableCell) {
                  cells.add("");
                }
                visitChildren(node);
              }

              @Override
              public void visit(Text part) {
                cells.add(cells.removeLast() + part.getLiteral());
              }
            });

    assertThat(cells).containsExactly("One", "Two", text.replace('\n', ' '), "last");
  }

  @Test
  void whatTurnsTheDirectionOfReadingIsShownByItsNumber() {
    Markdown page = new Markdown();
    page.paragraph("a\u202eb\u2066c\u00e9\u0627");
    assertThat(page.html(text -> Optional.empty()))
        .isEqualToIgnoringWhitespace("<p>a\\u202eb\\u2066c\u00e9\u0627</p>");
  }
}
