package dev.tare.inspect.tree;

import dev.tare.layer.EntryType;
import dev.tare.layer.LayerEntry;

/**
 * One path of one layer, hard links resolved.
 *
 * @param layer index of the layer that holds it
 * @param entry as the layer holds it
 * @param contentLayer index of the layer that holds its content: another one for a hard link to a
 *     file of a lower layer
 * @param content the entry whose content it has, under the path its layer has it: that of the
 *     target for a hard link
 */
public record TreeNode(int layer, LayerEntry entry, int contentLayer, LayerEntry content) {
  public String path() {
    return entry.path();
  }

  /** The same under another name. */
  TreeNode named(String name) {
    return new TreeNode(
        layer,
        new LayerEntry(
            name,
            entry.type(),
            entry.mode(),
            entry.uid(),
            entry.gid(),
            entry.sizeBytes(),
            entry.linkTarget(),
            entry.content(),
            entry.capabilities()),
        contentLayer,
        content);
  }

  /** Whether it is a regular file, under its first name or another one. */
  public boolean isFile() {
    return content.type() == EntryType.FILE;
  }

  /** Whether it is another name of a file that counts under its first name. */
  public boolean isHardLink() {
    return entry.type() == EntryType.HARD_LINK;
  }

  /** Whether it is a hard link to nothing that it could be another name of. */
  boolean isDangling() {
    return content.type() == EntryType.HARD_LINK;
  }

  public boolean isSymlink() {
    return entry.type() == EntryType.SYMLINK;
  }

  public boolean isDirectory() {
    return entry.type() == EntryType.DIRECTORY;
  }

  /** Whether somebody may execute it. */
  public boolean isExecutable() {
    return isFile() && (content.mode() & 0111) != 0;
  }
}
