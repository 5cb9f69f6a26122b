package dev.tare.testing;

import dev.tare.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tar taken apart as writers of layers with a table of contents do it: what stands before each
 * file's content, and the content. commons-compress finds the entries.
 */
final class TarParts {
  private static final String XATTR = "SCHILY.xattr.";

  /** Of a file's content that is compressed and verified at once. */
  private static final int CHUNK = 1 << 20;

  /** Takes one entry: the bytes from the end of the content before it to its own, and that. */
  interface Part {
    void take(byte[] before, TarArchiveEntry entry, byte[] content) throws IOException;
  }

  private final byte[] tar;

  TarParts(byte[] tar) {
    this.tar = tar;
  }

  /** Hands out all entries and gives what stands behind the last content: padding, end blocks. */
  byte[] each(Part part) {
    try (TarFile file = new TarFile(tar)) {
      int at = 0;
      for (TarArchiveEntry entry : file.getEntries()) {
        int from = (int) entry.getDataOffset();
        int size = entry.isFile() && !entry.isLink() ? (int) entry.getSize() : 0;
        part.take(
            Arrays.copyOfRange(tar, at, from), entry, Arrays.copyOfRange(tar, from, from + size));
        at = from + size;
      }
      return Arrays.copyOfRange(tar, at, tar.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pieces of a file's content. */
  static List<byte[]> chunks(byte[] content) {
    return IntStream.iterate(0, from -> from < content.length, from -> from + CHUNK)
        .mapToObj(from -> Arrays.copyOfRange(content, from, Math.min(content.length, from + CHUNK)))
        .toList();
  }

  /** The entry of a table of contents, without where its content is. */
  static ObjectNode described(TarArchiveEntry entry) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("name", entry.getName()).put("type", type(entry));
    node.put("mode", entry.getMode() & 07777);
    node.put("uid", entry.getLongUserId()).put("gid", entry.getLongGroupId());
    if (entry.isLink() || entry.isSymbolicLink()) {
      node.put("linkName", entry.getLinkName());
    } else if (entry.isFile()) {
      node.put("size", entry.getSize());
    }
    for (Map.Entry<String, String> header : entry.getExtraPaxHeaders().entrySet()) {
      if (header.getKey().startsWith(XATTR)) {
        node.withObject("/xattrs")
            .put(
                header.getKey().substring(XATTR.length()),
                Base64.getEncoder()
                    .encodeToString(header.getValue().getBytes(StandardCharsets.UTF_8)));
      }
    }
    return node;
  }

  private static String type(TarArchiveEntry entry) {
    if (entry.isLink()) {
      return "hardlink";
    }
    if (entry.isSymbolicLink()) {
      return "symlink";
    }
    if (entry.isDirectory()) {
      return "dir";
    }
    if (entry.isCharacterDevice()) {
      return "char";
    }
    if (entry.isBlockDevice()) {
      return "block";
    }
    return entry.isFIFO() ? "fifo" : "reg";
  }

  /** Says where a piece of a file stands in the blob. */
  static void place(ObjectNode node, int offset, int chunkOffset, byte[] chunk, boolean only) {
    node.put("offset", offset);
    if (!only) {
      node.put("chunkOffset", chunkOffset).put("chunkSize", chunk.length);
    }
    node.put("chunkDigest", Digest.sha256(chunk).toString());
  }
}
