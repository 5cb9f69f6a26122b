package dev.tare.cli.page;

import dev.tare.cli.Palette;
import dev.tare.cli.option.Context;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.facts.Layer;
import dev.tare.inspect.FileTree;
import dev.tare.inspect.ImageExplorer;
import dev.tare.text.Bytes;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The files of an image or of a layer at the terminal, the biggest first. */
public final class FileTreePage {
  private static final int MODE = 10;
  private static final int SIZE = 8;
  private static final int ENTRIES = 7;

  private final PrintWriter out;
  private final Palette palette;
  private final int width;

  /** How wide the column of owners is. */
  private int owner;

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
    tree(tree, false);
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
    if (tree.entries() > 0 || !tree.children().isEmpty()) {
      out.println();
      tree(tree, true);
    }
    if (view.hidden().entries() > 0) {
      out.println();
      out.println(palette.bold("Of it hidden by later layers, and shipped all the same"));
      tree(view.hiddenTree(), false);
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

  /** A tree with its heading. */
  void tree(FileTree tree, boolean marked) {
    owner = Math.max("OWNER".length(), ownerWidth(tree));
    out.println(
        palette.dim(
            left("MODE", MODE)
                + " "
                + left("OWNER", owner)
                + " "
                + right("SIZE", SIZE)
                + " "
                + right("ENTRIES", ENTRIES)
                + "  "
                + (marked ? "  " : "")
                + "PATH"));
    line(tree, "", "/", marked);
    children(tree, "", marked);
  }

  private static int ownerWidth(FileTree tree) {
    int width = owner(tree.attributes()).length();
    for (FileTree child : tree.children()) {
      width = Math.max(width, ownerWidth(child));
    }
    return width;
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
          left("", MODE)
              + " "
              + left("", owner)
              + " "
              + right(Bytes.humanised(others.bytes()), SIZE)
              + " "
              + right("", ENTRIES)
              + "  "
              + (marked ? "  " : "")
              + palette.dim(
                  lead + "└─ … " + String.format(Locale.ROOT, "%,d", others.entries()) + " more"));
    }
  }

  private void line(FileTree tree, String lead, String name, boolean marked) {
    FileTree.Attributes attributes = tree.attributes();
    String before =
        left(attributes == null ? "" : mode(attributes), MODE)
            + " "
            + left(owner(attributes), owner)
            + " ";
    String numbers =
        right(size(tree), SIZE)
            + " "
            + right(
                tree.directory() ? String.format(Locale.ROOT, "%,d", tree.entries()) : "", ENTRIES)
            + "  ";
    int taken = before.length() + numbers.length() + lead.length() + (marked ? 2 : 0);
    String shown = shortened(name, Math.max(12, width - taken));
    out.println(
        palette.dim(before)
            + numbers
            + (marked ? mark(tree) + " " : "")
            + palette.dim(lead)
            + (tree.directory() ? palette.bold(shown) : shown));
  }

  /** {@code -rwsr-xr-x}, as ls has it; {@code h} for a further name of a file, as tar has it. */
  private static String mode(FileTree.Attributes attributes) {
    int mode = attributes.mode();
    StringBuilder text = new StringBuilder();
    text.append(
        switch (attributes.type()) {
          case FILE -> '-';
          case HARD_LINK -> 'h';
          case DIRECTORY -> 'd';
          case SYMBOLIC_LINK -> 'l';
          case SPECIAL -> '?';
        });
    for (int bit = 8; bit >= 0; bit--) {
      text.append((mode >> bit & 1) == 1 ? "xwr".charAt(bit % 3) : '-');
    }
    special(text, 3, (mode & 04000) != 0, 's');
    special(text, 6, (mode & 02000) != 0, 's');
    special(text, 9, (mode & 01000) != 0, 't');
    return text.toString();
  }

  private static void special(StringBuilder text, int at, boolean set, char letter) {
    if (set) {
      text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
    }
  }

  private static String owner(FileTree.@Nullable Attributes attributes) {
    return attributes == null ? "" : attributes.uid() + ":" + attributes.gid();
  }

  /** A link or device has no content of its own; another name of a file shows that of the file. */
  private static String size(FileTree tree) {
    FileTree.Attributes attributes = tree.attributes();
    long bytes = tree.directory() || attributes == null ? tree.bytes() : attributes.sizeBytes();
    return bytes == 0 ? "·" : Bytes.humanised(bytes);
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

  private static String left(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - text.length()));
  }

  private static String right(String text, int columns) {
    return " ".repeat(Math.max(0, columns - text.length())) + text;
  }
}
