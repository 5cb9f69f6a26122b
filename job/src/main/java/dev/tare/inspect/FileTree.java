package dev.tare.inspect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory with the biggest of what it holds, or a file. Sums are bytes of files' contents; a
 * content of several names counts under one of them.
 *
 * @param name without the directories above; empty for the root
 * @param attributes null for a directory that no layer has an entry of
 * @param added entries and bytes that are there (in the image, or new in the layer)
 * @param changed entries and bytes, as they are now; always zero for a whole image
 * @param deleted entries and bytes, as they were; always zero for a whole image
 * @param link where a symbolic link points; null for everything else
 * @param children the biggest first; empty for a file, and for a directory that is not opened
 * @param others what the directory holds besides {@code children}; null where that is nothing, or
 *     the directory is not opened
 */
public record FileTree(
    String name,
    boolean directory,
    @Nullable Attributes attributes,
    Sum added,
    Sum changed,
    Sum deleted,
    @Nullable String link,
    List<FileTree> children,
    @Nullable Others others) {
  /** What an entry is. */
  public enum Type {
    FILE("file"),
    /** Another name of a file. */
    HARD_LINK("hardlink"),
    DIRECTORY("directory"),
    SYMBOLIC_LINK("symlink"),
    /** A device, a pipe or a socket. */
    SPECIAL("special");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** Whether a container cannot tell one from the other. */
    boolean isLike(Type other) {
      return this == other || (isFile() && other.isFile());
    }

    private boolean isFile() {
      return this == FILE || this == HARD_LINK;
    }

    /** As JSON has it. */
    public String word() {
      return word;
    }
  }

  /**
   * Of an entry, as a container sees them.
   *
   * @param mode permission bits with setuid, setgid and sticky (07777)
   * @param uid of the owner
   * @param gid of its group
   * @param sizeBytes of a file's content, under whichever name; 0 for everything else
   */
  public record Attributes(Type type, int mode, long uid, long gid, long sizeBytes) {}

  /** How many files, links and devices, and how many bytes they have together. */
  public record Sum(long entries, long bytes) {
    public static final Sum ZERO = new Sum(0, 0);

    public Sum plus(Sum other) {
      return new Sum(entries + other.entries, bytes + other.bytes);
    }
  }

  /** What is not shown: how many entries, and their bytes. */
  public record Others(long entries, long bytes) {}

  /** Copies the children. */
  public FileTree {
    children = List.copyOf(children);
  }

  /** Bytes of all kinds, by which children are ordered. */
  public long bytes() {
    return added.bytes() + changed.bytes() + deleted.bytes();
  }

  /** Files, links and devices of all kinds. */
  public long entries() {
    return added.entries() + changed.entries() + deleted.entries();
  }
}
