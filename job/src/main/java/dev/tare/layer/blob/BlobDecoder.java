package dev.tare.layer.blob;

import org.jspecify.annotations.Nullable;

/** The uncompressed bytes of a blob. Corrupt content is a {@link ScanFault}. */
public interface BlobDecoder extends AutoCloseable {
  /** Reads at least one byte; -1 at the end. */
  int read(byte[] target, int offset, int length);

  /** How the blob is compressed: {@code gzip}, {@code zstd} or {@code none}. */
  String compression();

  /** What inflates gzip: {@code igzip} or {@code JDK}; null for what is not gzip. */
  default @Nullable String inflater() {
    return null;
  }

  /** What stands behind the compressed data and was not decoded, or null. Known at the end. */
  default @Nullable String remark() {
    return null;
  }

  @Override
  void close();
}
