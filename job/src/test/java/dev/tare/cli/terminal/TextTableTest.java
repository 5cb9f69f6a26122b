package dev.tare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.cli.Palette;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {
  private static final Palette PLAIN = new Palette(false);
  private static final String LONG =
      "registry.example.com/a-team/with/many/components/in-its-name/application:2026-11-21-amd64";

  private static TextTable table() {
    return new TextTable()
        .flexibleColumn("IMAGE")
        .column("SIZE", Alignment.RIGHT)
        .column("WORST", Alignment.LEFT)
        .row(new Cell("team/web:1.5"), new Cell("7.43 MB"), new Cell("high"))
        .row(new Cell(LONG), new Cell("12 B"), new Cell("low"));
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    TextTable narrow =
        new TextTable()
            .column("A", Alignment.LEFT)
            .column("B", Alignment.RIGHT)
            .row(new Cell("1"), new Cell("1000"))
            .row(new Cell("22"), new Cell("1"));
    assertThat(narrow.lines(60, PLAIN)).containsExactly("A      B", "1   1000", "22     1");
  }

  @Test
  void whatCanBeSparedIsLeftOutTheLastFirstWhereItDoesNotFit() {
    TextTable table =
        new TextTable()
            .column("RUN", Alignment.LEFT)
            .spareColumn("STARTED", Alignment.LEFT)
            .spareColumn("TOOK", Alignment.RIGHT)
            .flexibleColumn("OF")
            .row(new Cell("r-1"), new Cell("2026-11-21"), new Cell("9.4 s"), new Cell(LONG));
    assertThat(table.lines(120, PLAIN).getFirst()).contains("STARTED", "TOOK", "OF");
    assertThat(table.lines(40, PLAIN))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
    assertThat(table.lines(40, PLAIN).getFirst()).contains("STARTED", "OF").doesNotContain("TOOK");
    assertThat(table.lines(25, PLAIN).getFirst()).isEqualTo("RUN  OF");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 110})
  void noLineIsWiderThanTheTerminal(int width) {
    assertThat(table().lines(width, PLAIN))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
  }

  @Test
  void longTextKeepsBothOfItsEnds() {
    assertThat(table().lines(60, PLAIN).getLast())
        .startsWith("registry.")
        .contains("…")
        .contains("application:2026-11-21-amd64  ");
  }

  @Test
  void nothingIsShortenedWhereThereIsRoom() {
    assertThat(table().lines(200, PLAIN).getLast()).startsWith(LONG).doesNotContain("…");
  }

  @Test
  void coloursTakeNoRoom() {
    TextTable coloured =
        new TextTable()
            .column("V", Alignment.LEFT)
            .column("N", Alignment.RIGHT)
            .row(new Cell("ok", "\u001b[32mok\u001b[0m"), new Cell("1"));
    List<String> lines = coloured.lines(60, PLAIN);
    assertThat(lines.getLast()).isEqualTo("\u001b[32mok\u001b[0m  1");
    assertThat(lines.getFirst()).isEqualTo("V   N");
  }

  @Test
  void rowOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> table().row(new Cell("one")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 cells for 3 columns");
  }
}
