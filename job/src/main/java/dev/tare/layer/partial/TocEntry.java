package dev.tare.layer.partial;

import dev.tare.oci.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a table of contents, with where its content stands in the blob.
 *
 * @param type {@code reg}, {@code dir}, {@code symlink}, {@code hardlink}, {@code char}, {@code
 *     block} or {@code fifo}
 * @param name as the tar has it
 * @param linkName of links, else empty
 * @param sizeBytes of a regular file, else 0
 * @param capability the attribute {@code security.capability}, or null
 * @param chunks of a regular file that is not empty, in order, together its whole content
 */
public record TocEntry(
    String type,
    String name,
    String linkName,
    int mode,
    long uid,
    long gid,
    long sizeBytes,
    byte @Nullable [] capability,
    List<Chunk> chunks) {

  /**
   * A part of a file, compressed by itself.
   *
   * @param offsetBytes where it begins in the blob
   * @param sizeBytes uncompressed
   * @param digest of the uncompressed content
   */
  record Chunk(long offsetBytes, long sizeBytes, Digest digest) {}
}
