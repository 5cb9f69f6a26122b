package dev.tare.cli.page;

import dev.tare.inspect.FileTree;
import dev.tare.inspect.ImageExplorer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees of files for programs: the same entries that {@link FileTreePage} shows. What is nothing is
 * left out.
 */
public final class FileTreeJson {
  private FileTreeJson() {}

  /** What a layer did, into this object. */
  public static void layer(ObjectNode object, ImageExplorer.LayerView view) {
    changed(object.putObject("changes"), view.tree());
    if (view.hidden().entries() > 0) {
      plain(object.putObject("hidden"), view.hiddenTree());
    }
  }

  /** Files that all have one fate, into this object. */
  public static void plain(ObjectNode object, FileTree tree) {
    node(object, tree, false);
  }

  /** Files with what became of them, into this object. */
  static void changed(ObjectNode object, FileTree tree) {
    node(object, tree, true);
  }

  private static void node(ObjectNode object, FileTree tree, boolean changes) {
    object.put("name", tree.name());
    object.put("directory", tree.directory());
    object.put("entries", tree.entries());
    object.put("bytes", tree.bytes());
    FileTree.Attributes attributes = tree.attributes();
    if (attributes != null) {
      object.put("type", attributes.type().word());
      object.put("mode", "%04o".formatted(attributes.mode()));
      object.put("uid", attributes.uid());
      object.put("gid", attributes.gid());
      if (!tree.directory()) {
        object.put("size", attributes.sizeBytes());
      }
    }
    if (tree.link() != null) {
      object.put("link", tree.link());
    }
    if (changes) {
      sum(object, "added", tree.added());
      sum(object, "changed", tree.changed());
      sum(object, "deleted", tree.deleted());
    }
    if (!tree.children().isEmpty()) {
      ArrayNode children = object.putArray("children");
      tree.children().forEach(child -> node(children.addObject(), child, changes));
    }
    FileTree.Others others = tree.others();
    if (others != null) {
      object.putObject("others").put("entries", others.entries()).put("bytes", others.bytes());
    }
  }

  private static void sum(ObjectNode object, String name, FileTree.Sum sum) {
    if (sum.entries() > 0) {
      object.putObject(name).put("entries", sum.entries()).put("bytes", sum.bytes());
    }
  }
}
