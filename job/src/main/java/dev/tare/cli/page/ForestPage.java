package dev.tare.cli.page;

import dev.tare.batch.SmallerBases;
import dev.tare.cli.Palette;
import dev.tare.cli.option.Context;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.finding.RunResults;
import dev.tare.lineage.Ancestor;
import dev.tare.lineage.Forest;
import dev.tare.lineage.ForestImage;
import dev.tare.lineage.Tree;
import dev.tare.oci.Digest;
import dev.tare.text.Bytes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A forest at the terminal: trees first, then the images that stand alone. */
public final class ForestPage {
  /** Of those that stand together; all of them are in the JSON. */
  private static final int MAX_NAMES = 2;

  private final PrintWriter out;
  private final Palette palette;
  private final int width;
  private final boolean quiet;
  private final RelativesTable relativesTable;
  private String registry = "";

  public ForestPage(Context context) {
    this.out = context.terminal().out();
    this.palette = context.palette();
    this.width = context.terminal().width();
    this.quiet = context.options().quiet;
    this.relativesTable = new RelativesTable(context);
  }

  /**
   * Prints the trees; where images were named, also the smaller ones among those that are known.
   *
   * @param images of the run
   * @param smaller among all that is known
   */
  public void print(
      RunResults results,
      List<ForestImage> images,
      SmallerBases smaller,
      Forest forest,
      @Nullable String wanted) {
    registry = registry(forest);
    List<Tree> carrying = new ArrayList<>();
    List<Tree> alone = new ArrayList<>();
    for (Tree tree : forest.trees()) {
      (tree.children().isEmpty() ? alone : carrying).add(tree);
    }
    if (!quiet) {
      out.println(
          palette.dim(
              "Run "
                  + results.run().id()
                  + (registry.isEmpty()
                      ? ""
                      : " of " + registry.substring(0, registry.length() - 1))
                  + ", "
                  + Counted.of(images.size(), "image")
                  + "; sizes are compressed"));
      out.println();
    }
    if (!carrying.isEmpty()) {
      trees(carrying);
    }
    if (!alone.isEmpty()) {
      if (!carrying.isEmpty()) {
        out.println();
      }
      alone(alone);
    }
    if (!quiet) {
      out.println();
      out.println(summary(forest, carrying, alone, wanted));
    }
    if (wanted != null) {
      NamedImages meant = NamedImages.of(wanted);
      forest.trees().forEach(tree -> smaller(tree, meant, smaller));
    }
  }

  /** Of the named images where they carry others, else of the bases they stand on. */
  private void smaller(Tree tree, NamedImages meant, SmallerBases bases) {
    if (tree.children().isEmpty() && tree.images().stream().noneMatch(i -> i.chain().isEmpty())) {
      return;
    }
    for (ForestImage base : tree.images()) {
      String name = tree.images().size() > 1 ? base.name() + " " + base.platform() : base.name();
      bases
          .of(base.digest())
          .filter(reported -> !reported.smaller().isEmpty())
          .ifPresent(reported -> relativesTable.print(shown(name), reported, this::shown));
    }
    if (!meant.test(tree)) {
      tree.children().forEach(child -> smaller(child, meant, bases));
    }
  }

  /** What all names begin with, where that is one registry. */
  private static String registry(Forest forest) {
    Set<String> registries = new TreeSet<>();
    forest.trees().forEach(tree -> collect(tree, registries));
    return registries.size() == 1 ? registries.iterator().next() + "/" : "";
  }

  private static void collect(Tree tree, Set<String> registries) {
    tree.images()
        .forEach(image -> registries.add(image.name().substring(0, image.name().indexOf('/'))));
    tree.children().forEach(child -> collect(child, registries));
  }

  private void trees(List<Tree> trees) {
    TextTable table =
        new TextTable()
            .flexibleColumn("IMAGE")
            .column("SIZE", Alignment.RIGHT)
            .column("ADDS", Alignment.RIGHT)
            .column("USED BY", Alignment.RIGHT)
            .spareColumn("TOGETHER", Alignment.RIGHT)
            .spareColumn("KNOWN BY", Alignment.LEFT)
            .column("", Alignment.LEFT);
    for (Tree tree : trees) {
      rows(table, tree, "", "", true);
    }
    table.lines(width, palette).forEach(line -> out.println(line.stripTrailing()));
  }

  private void rows(TextTable table, Tree tree, String lead, String below, boolean root) {
    List<Tree> children = tree.children();
    table.row(cells(tree, lead, root, children.isEmpty()).toArray(Cell[]::new));
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      rows(
          table,
          children.get(i),
          below + (last ? "└─ " : "├─ "),
          below + (last ? "   " : "│  "),
          false);
    }
  }

  private List<Cell> cells(Tree tree, String lead, boolean root, boolean leaf) {
    String title = title(tree);
    Long size = tree.sizeBytes();
    Long added = tree.addedBytes();
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(lead + title, palette.dim(lead) + (root ? palette.bold(title) : title)));
    cells.add(new Cell(size == null ? "?" : Bytes.humanised(size)));
    cells.add(new Cell(root ? "" : added == null ? "?" : Bytes.humanised(added)));
    cells.add(new Cell(leaf ? "" : Integer.toString(tree.above().size())));
    cells.add(new Cell(leaf ? "" : Bytes.humanised(tree.togetherBytes())));
    cells.add(new Cell(root ? "" : evidence(tree)));
    cells.add(new Cell(remarks(tree)));
    return cells;
  }

  private String title(Tree tree) {
    List<String> names = tree.names();
    String title =
        names.stream().limit(MAX_NAMES).map(this::shown).collect(Collectors.joining(" = "));
    int more = names.size() - MAX_NAMES;
    return more > 0 ? title + " = " + more + " more" : title;
  }

  /** Without the registry that all have, and with no more of a digest than people compare. */
  private String shown(String name) {
    String inside = name.startsWith(registry) ? name.substring(registry.length()) : name;
    int at = inside.indexOf('@');
    return OneLine.of(
        at < 0
            ? inside
            : inside.substring(0, at + 1) + Digest.parse(inside.substring(at + 1)).abbreviated());
  }

  private static String evidence(Tree tree) {
    Ancestor parent = tree.images().isEmpty() ? tree.ancestor() : tree.images().getFirst().parent();
    if (parent == null) {
      return "";
    }
    String words = String.join(", ", parent.evidence());
    return parent.confidence() < 1
        ? words + String.format(Locale.ROOT, " (%.0f %%)", parent.confidence() * 100)
        : words;
  }

  private String remarks(Tree tree) {
    List<String> remarks = new ArrayList<>();
    if (tree.images().isEmpty()) {
      remarks.add("not in this run");
    }
    if (tree.images().size() > tree.names().size()) {
      remarks.add(Counted.of(tree.images().size(), "platform"));
    }
    tree.images().stream()
        .filter(ForestImage::isOutdated)
        .findFirst()
        .ifPresent(image -> remarks.add(outdated(image)));
    return String.join(", ", remarks);
  }

  private static String outdated(ForestImage image) {
    Integer days = image.outdated().lagDays();
    return days == null || days <= 0
        ? "base has moved on"
        : "base is " + Counted.of(days, "day") + " behind";
  }

  private void alone(List<Tree> trees) {
    out.println(palette.bold("Not built on a known image, and no base of another"));
    TextTable table =
        new TextTable()
            .flexibleColumn("IMAGE")
            .column("SIZE", Alignment.RIGHT)
            .column("", Alignment.LEFT);
    for (Tree tree : trees) {
      Long size = tree.sizeBytes();
      table.row(
          new Cell(title(tree)),
          new Cell(size == null ? "?" : Bytes.humanised(size)),
          new Cell(remarks(tree)));
    }
    table.lines(width, palette).forEach(line -> out.println(line.stripTrailing()));
  }

  private String summary(
      Forest forest, List<Tree> carrying, List<Tree> alone, @Nullable String wanted) {
    if (wanted != null) {
      NamedImages meant = NamedImages.of(wanted);
      Set<String> touched = new TreeSet<>();
      forest.trees().forEach(tree -> touched(tree, meant, touched));
      return touched.isEmpty()
          ? "Nothing is built on " + OneLine.of(wanted) + "."
          : "A change to "
              + OneLine.of(wanted)
              + " affects "
              + Counted.of(touched.size(), "image")
              + ".";
    }
    Set<String> carried = new TreeSet<>();
    carrying.forEach(
        tree -> tree.above().forEach(image -> carried.add(image.name() + image.digest())));
    return Counted.of(carrying.size(), "base is used by", "bases are used by")
        + " "
        + Counted.of(carried.size(), "image")
        + "; "
        + Counted.of(alone.size(), "image stands", "images stand")
        + " alone.";
  }

  private static void touched(Tree tree, NamedImages meant, Set<String> touched) {
    if (meant.test(tree)) {
      tree.above().forEach(image -> touched.add(image.name() + image.digest()));
    } else {
      tree.children().forEach(child -> touched(child, meant, touched));
    }
  }
}
