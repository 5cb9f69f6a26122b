package dev.tare.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows and columns that fit the width of the terminal: the one flexible column is shortened in its
 * middle.
 */
final class TextTable {
  /** How a column's cells stand. */
  enum Alignment {
    LEFT,
    RIGHT
  }

  /** A cell: its text, and how that is shown (with colours), which has the same width. */
  record Cell(String text, String shown) {
    Cell(String text) {
      this(text, text);
    }
  }

  private static final String GAP = "  ";
  private static final int LEAST = 16;

  private final List<String> headings = new ArrayList<>();
  private final List<Alignment> alignments = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();
  private int flexible = -1;

  TextTable column(String heading, Alignment alignment) {
    headings.add(heading);
    alignments.add(alignment);
    return this;
  }

  /** A column that gives way where the table would be wider than the terminal. */
  TextTable flexibleColumn(String heading) {
    flexible = headings.size();
    return column(heading, Alignment.LEFT);
  }

  TextTable row(Cell... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + headings.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines of the table. */
  List<String> lines(int width, Palette palette) {
    int[] widths = new int[headings.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = headings.get(c).length();
      for (List<Cell> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).text().length());
      }
    }
    int total = GAP.length() * (widths.length - 1);
    for (int w : widths) {
      total += w;
    }
    if (flexible >= 0 && total > width) {
      widths[flexible] =
          Math.max(Math.min(LEAST, widths[flexible]), widths[flexible] - (total - width));
    }
    List<String> lines = new ArrayList<>();
    List<Cell> heading = headings.stream().map(text -> new Cell(text, palette.dim(text))).toList();
    lines.add(line(heading, widths));
    for (List<Cell> row : rows) {
      lines.add(line(row, widths));
    }
    return lines;
  }

  private String line(List<Cell> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      Cell cell = row.get(c);
      if (cell.text().length() > widths[c]) {
        cell = new Cell(shortened(cell.text(), widths[c]));
      }
      String padding = " ".repeat(widths[c] - cell.text().length());
      boolean last = c == widths.length - 1;
      line.append(
          alignments.get(c) == Alignment.RIGHT
              ? padding + cell.shown()
              : cell.shown() + (last ? "" : padding));
      if (!last) {
        line.append(GAP);
      }
    }
    return line.toString();
  }

  /** Keeps both ends, where the names differ, and marks what was left out. */
  static String shortened(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    int tail = (width - 1) * 2 / 3;
    return text.substring(0, width - 1 - tail) + "…" + text.substring(text.length() - tail);
  }
}
