package dev.tare.inspect.tree;

import dev.tare.layer.LayerFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files whose content a scan kept, visible and hidden, each in all its versions. */
public final class KeptFiles implements TreeVisitor {
  private final List<LayerFacts> layers;
  private final Map<String, List<Version>> versions = new LinkedHashMap<>();

  public KeptFiles(List<LayerFacts> layers) {
    this.layers = List.copyOf(layers);
  }

  /**
   * A file in one layer.
   *
   * @param node the file
   * @param content what was kept of it
   */
  public record Version(TreeNode node, byte[] content, boolean visible) {
    public int layer() {
      return node.layer();
    }
  }

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
    byte[] content = layers.get(node.contentLayer()).kept().get(node.content().path());
    if (content != null && content.length > 0) {
      versions
          .computeIfAbsent(node.path(), path -> new ArrayList<>())
          .add(new Version(node, content, visible));
    }
  }

  /** What stands at this path (without leading slash, canonical); null where nothing was kept. */
  @Nullable
  public Version visibleAt(String path) {
    return versions.getOrDefault(path, List.of()).stream()
        .filter(Version::visible)
        .findAny()
        .orElse(null);
  }

  /** All versions of a path, lowest layer first. */
  public List<Version> allAt(String path) {
    return versions.getOrDefault(path, List.of());
  }

  /** All versions of all paths, in the order of the tree. */
  public Map<String, List<Version>> all() {
    return versions;
  }
}
