package dev.tare.inspect.tree;

import dev.tare.layer.ContentInterest;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerFacts.Recognised;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files whose content is wanted, visible and hidden, each in all its versions, by the paths at
 * which a container opens them: also by those that hard links and symbolic links give them.
 */
public final class KeptFiles implements TreeVisitor {
  private static final Comparator<Version> LOWEST_FIRST =
      Comparator.comparing(Version::visible).thenComparingInt(Version::layer);

  /** More than are listed as gaps, or are fetched for one image. */
  private static final int MOST_MISSING = 1_000;

  private final List<LayerFacts> layers;
  private final ContentInterest interest;
  private final LinkedNames names;
  private final Map<String, List<Version>> versions = new LinkedHashMap<>();
  private final List<Missing> missing = new ArrayList<>();
  private boolean overflowed;

  public KeptFiles(List<LayerFacts> layers, ContentInterest interest, LinkedNames names) {
    this.layers = List.copyOf(layers);
    this.interest = interest;
    this.names = names;
  }

  /**
   * A file in one layer.
   *
   * @param node the file, under the path by which it is wanted
   * @param content what was kept of it
   */
  public record Version(TreeNode node, byte[] content, boolean visible) {
    public int layer() {
      return node.layer();
    }
  }

  /**
   * A file that is wanted and was not kept.
   *
   * @param node the file, under the path by which it is wanted
   * @param form of what is wanted
   * @param whyNot why its layer need not be read again for it; null where that may help
   */
  public record Missing(TreeNode node, String form, @Nullable String whyNot) {}

  @Override
  public void visible(TreeNode node) {
    see(node, true);
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    see(node, false);
  }

  private void see(TreeNode node, boolean visible) {
    if (!node.isFile()) {
      return;
    }
    if (node.path().equals(node.content().path())) {
      keep(node, visible, keptOf(node));
    } else {
      seeLinked(node, visible);
    }
    for (String name : names.of(node.path())) {
      // What is wanted wherever it lies counts once, at its own path.
      if (wanted(name, node.content()) != null
          && (names.isAtPlace(name) || !isKeptFor(node, name))) {
        seeLinked(node.named(name), visible);
      }
    }
  }

  private byte @Nullable [] keptOf(TreeNode node) {
    return layers.get(node.contentLayer()).kept().get(node.content().path());
  }

  private void keep(TreeNode node, boolean visible, byte @Nullable [] content) {
    if (content != null && content.length > 0) {
      versions
          .computeIfAbsent(node.path(), path -> new ArrayList<>(1))
          .add(new Version(node, content, visible));
    }
  }

  /** A file under another path than the one under which its layer was read. */
  private void seeLinked(TreeNode node, boolean visible) {
    Extraction wanted = wanted(node.path(), node.content());
    if (wanted == null || isKeptFor(node, node.path())) {
      keep(node, visible, keptOf(node));
      return;
    }
    Recognised recognised = layers.get(node.contentLayer()).recognised().get(node.content().path());
    if (recognised != null && recognised.form().equals(wanted.form())) {
      keep(node, visible, recognised.content());
    } else if (visible && missing.size() == MOST_MISSING) {
      overflowed = true;
    } else if (visible) {
      missing.add(new Missing(node, wanted.form(), whyNot(node.content(), wanted, recognised)));
    }
  }

  /** Null where nobody has tried to read it as what is wanted. */
  private static @Nullable String whyNot(
      LayerEntry file, Extraction wanted, @Nullable Recognised recognised) {
    if (file.sizeBytes() > wanted.maximumBytes()) {
      return "not read: " + file.sizeBytes() + " bytes, limit " + wanted.maximumBytes();
    }
    if (recognised != null) {
      String why = recognised.whyNot();
      return why == null ? "it was read as something else" : why;
    }
    return wanted.form().isEmpty() ? "its content was not kept" : null;
  }

  /** Whether what is wanted of it under this name is what is wanted of it anyway. */
  private boolean isKeptFor(TreeNode node, String name) {
    Extraction named = wanted(name, node.content());
    Extraction own = wanted(node.content().path(), node.content());
    return named != null
        && own != null
        && (named.equals(own) || (!named.form().isEmpty() && named.form().equals(own.form())));
  }

  private @Nullable Extraction wanted(String path, LayerEntry file) {
    return interest.wants(path, file.sizeBytes(), file.mode());
  }

  /** Must be called once after the walk, before any of the results. */
  public void finish() {
    versions.values().forEach(ofPath -> ofPath.sort(LOWEST_FIRST));
  }

  /** Visible files that are wanted under a path that a link gives them, and that nobody kept. */
  public List<Missing> missing() {
    return missing;
  }

  /** Whether more files are missing than are listed. */
  public boolean overflowed() {
    return overflowed;
  }

  /** What stands at this path (without leading slash); null where nothing was kept. */
  @Nullable
  public Version visibleAt(String path) {
    List<Version> all = allAt(path);
    return all.isEmpty() || !all.getLast().visible() ? null : all.getLast();
  }

  /** All versions of a path, lowest layer first, a visible one last. */
  public List<Version> allAt(String path) {
    return versions.getOrDefault(path, List.of());
  }

  /** All versions of all paths, in the order of the tree. */
  public Map<String, List<Version>> all() {
    return versions;
  }
}
