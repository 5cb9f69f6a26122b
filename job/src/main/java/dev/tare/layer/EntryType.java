package dev.tare.layer;

/** What a tar entry of a layer stands for. */
public enum EntryType {
  /** Regular file. */
  FILE,
  /** Directory. */
  DIRECTORY,
  /** Symbolic link; the target is as written, not resolved. */
  SYMLINK,
  /**
   * Hard link; the target is a normalised path, of the same layer or a lower one. Empty where the
   * link cannot be made because the target comes only after it: a gap says so.
   */
  HARD_LINK,
  /** Character device, block device, FIFO or socket. */
  SPECIAL,
  /** {@code .wh.NAME}: hides NAME of lower layers. The entry's path is that of NAME. */
  WHITEOUT,
  /**
   * {@code .wh..wh..opq}: hides all that lower layers have below its directory. The entry's path is
   * that of the directory.
   */
  OPAQUE
}
