package dev.tare.cli.terminal;

import dev.tare.cli.Palette;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows and columns that fit the width of the terminal: columns that can be spared are left out, the
 * last of them first, and the one flexible column is shortened in its middle.
 */
public final class TextTable {
  /** How a column's cells stand. */
  public enum Alignment {
    LEFT,
    RIGHT
  }

  /** A cell: its text, and how that is shown (with colours), which has the same width. */
  public record Cell(String text, String shown) {
    public Cell(String text) {
      this(text, text);
    }
  }

  private static final String GAP = "  ";
  private static final int LEAST = 16;

  /** Where the flexible column would be narrower, others are left out rather. */
  private static final int READABLE = 22;

  private final List<String> headings = new ArrayList<>();
  private final List<Alignment> alignments = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();
  private final List<Integer> spare = new ArrayList<>();
  private int flexible = -1;

  public TextTable column(String heading, Alignment alignment) {
    headings.add(heading);
    alignments.add(alignment);
    return this;
  }

  /** A column that gives way where the table would be wider than the terminal. */
  public TextTable flexibleColumn(String heading) {
    flexible = headings.size();
    return column(heading, Alignment.LEFT);
  }

  /** A column that is left out where the table would be wider than the terminal all the same. */
  public TextTable spareColumn(String heading, Alignment alignment) {
    spare.add(headings.size());
    return column(heading, alignment);
  }

  public TextTable row(Cell... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + headings.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines of the table. */
  public List<String> lines(int width, Palette palette) {
    int[] widths = new int[headings.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = headings.get(c).length();
      for (List<Cell> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).text().length());
      }
    }
    Set<Integer> leftOut = new HashSet<>();
    for (int c : spare.reversed()) {
      int gives = flexible < 0 ? 0 : widths[flexible] - Math.min(READABLE, widths[flexible]);
      if (total(widths, leftOut) - gives > width) {
        leftOut.add(c);
      }
    }
    int total = total(widths, leftOut);
    if (flexible >= 0 && total > width) {
      widths[flexible] =
          Math.max(Math.min(LEAST, widths[flexible]), widths[flexible] - (total - width));
    }
    List<String> lines = new ArrayList<>();
    List<Cell> heading = headings.stream().map(text -> new Cell(text, palette.dim(text))).toList();
    lines.add(line(heading, widths, leftOut));
    for (List<Cell> row : rows) {
      lines.add(line(row, widths, leftOut));
    }
    return lines;
  }

  private static int total(int[] widths, Set<Integer> leftOut) {
    int total = -GAP.length();
    for (int c = 0; c < widths.length; c++) {
      total += leftOut.contains(c) ? 0 : widths[c] + GAP.length();
    }
    return total;
  }

  private String line(List<Cell> row, int[] widths, Set<Integer> leftOut) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      if (leftOut.contains(c)) {
        continue;
      }
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
  public static String shortened(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    int tail = (width - 1) * 2 / 3;
    return text.substring(0, width - 1 - tail) + "…" + text.substring(text.length() - tail);
  }
}
