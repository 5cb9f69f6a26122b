package dev.tare.cli.page;

import dev.tare.cli.Palette;
import dev.tare.cli.option.Context;
import dev.tare.cli.terminal.Bytes;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.facts.Layer;
import dev.tare.inspect.FileTree;
import dev.tare.inspect.ImageExplorer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The files of an image or of a layer at the terminal, the biggest first. */
public final class FileTreePage {
  private static final int SIZE = 8;
  private static final int ENTRIES = 9;

  private final PrintWriter out;
  private final Palette palette;
  private final int width;

  public FileTreePage(Context context) {
    this.out = context.terminal().out();
    this.palette = context.palette();
    this.width = context.terminal().width();
  }

  /** All files of the image. */
  public void image(FileTree tree) {
    out.println();
    out.println(
        palette.bold("Files")
            + palette.dim("  unpacked, what a container sees; the biggest of each directory"));
    heading("");
    root(tree, "/", false);
  }

  /** What a layer did. */
  public void layer(int index, List<Layer> layers, ImageExplorer.LayerView view) {
    Layer layer = layers.get(index);
    FileTree tree = view.tree();
    out.println();
    out.println(
        palette.bold("Layer " + index)
            + palette.dim(" of 0 to " + (layers.size() - 1))
            + "  "
            + Known.text(layer.digest()));
    out.println("  " + shortened(FactsPage.command(layer.createdBy()), width - 2));
    out.println(
        "  "
            + Known.bytes(layer.compressed())
            + " compressed, "
            + Known.bytes(layer.uncompressed())
            + " unpacked");
    sum("added", tree.added());
    sum("changed", tree.changed());
    sum("deleted", tree.deleted());
    sum("hidden by later layers", view.hidden());
    if (tree.entries() > 0) {
      out.println();
      heading("  ");
      root(tree, "/", true);
    }
    if (view.hidden().entries() > 0) {
      out.println();
      out.println(palette.bold("Of it hidden by later layers, and shipped all the same"));
      heading("");
      root(view.hiddenTree(), "/", false);
    }
  }

  private void sum(String word, FileTree.Sum sum) {
    if (sum.entries() > 0) {
      out.println(
          "  "
              + word
              + " "
              + String.format(Locale.ROOT, "%,d", sum.entries())
              + (sum.entries() == 1 ? " entry, " : " entries, ")
              + Bytes.humanised(sum.bytes()));
    }
  }

  private void heading(String marks) {
    out.println(
        palette.dim(
            right("SIZE", SIZE) + "  " + right("ENTRIES", ENTRIES) + "  " + marks + "PATH"));
  }

  private void root(FileTree tree, String name, boolean marked) {
    line(tree, "", name, marked);
    children(tree, "", marked);
  }

  private void children(FileTree tree, String lead, boolean marked) {
    List<FileTree> children = tree.children();
    FileTree.Others others = tree.others();
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1 && others == null;
      FileTree child = children.get(i);
      line(
          child,
          lead + (last ? "└─ " : "├─ "),
          child.name()
              + (child.directory() ? "/" : "")
              + (child.link() == null ? "" : " -> " + child.link()),
          marked);
      children(child, lead + (last ? "   " : "│  "), marked);
    }
    if (others != null) {
      out.println(
          right(Bytes.humanised(others.bytes()), SIZE)
              + "  "
              + right("", ENTRIES)
              + "  "
              + (marked ? "  " : "")
              + palette.dim(
                  lead + "└─ … " + String.format(Locale.ROOT, "%,d", others.entries()) + " more"));
    }
  }

  private void line(FileTree tree, String lead, String name, boolean marked) {
    String before =
        right(size(tree), SIZE)
            + "  "
            + right(
                tree.directory() ? String.format(Locale.ROOT, "%,d", tree.entries()) : "", ENTRIES)
            + "  ";
    int room = Math.max(12, width - before.length() - lead.length() - (marked ? 2 : 0));
    String shown = shortened(name, room);
    out.println(
        before
            + (marked ? mark(tree) + " " : "")
            + palette.dim(lead)
            + (tree.directory() ? palette.bold(shown) : shown));
  }

  /** A link or device has no content of its own. */
  private static String size(FileTree tree) {
    return tree.bytes() == 0 ? "·" : Bytes.humanised(tree.bytes());
  }

  /** One sign where all of a directory has one fate. */
  private static String mark(FileTree tree) {
    long entries = tree.entries();
    if (tree.added().entries() == entries) {
      return "+";
    }
    return tree.deleted().entries() == entries ? "−" : "~";
  }

  private static String shortened(String text, int room) {
    return TextTable.shortened(OneLine.of(text), room);
  }

  private static String right(String text, int columns) {
    return " ".repeat(Math.max(0, columns - text.length())) + text;
  }
}
