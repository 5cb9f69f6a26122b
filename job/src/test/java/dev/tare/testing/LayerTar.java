package dev.tare.testing;

import com.github.luben.zstd.Zstd;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Builds the blob of a layer, entry by entry, in the order of the calls:
 *
 * <pre>{@code
 * LayerTar.of()
 *     .file("etc/os-release", "ID=alpine\n")
 *     .executable("bin/sh", elf)
 *     .symlink("bin/ash", "sh")
 *     .whiteout("etc/motd")
 *     .gzip();
 * }</pre>
 *
 * <p>Nothing is added by itself: no parent directories, no root. Names are written as given, so
 * that hostile ones can be. Entries belong to root unless {@link #owner} says otherwise.
 */
public final class LayerTar {
  private static final int BLOCK = 512;
  private static final String CAPABILITY = "SCHILY.xattr.security.capability";

  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();
  private int uid;
  private int gid;

  private LayerTar() {}

  /** A layer without entries. */
  public static LayerTar of() {
    return new LayerTar();
  }

  /**
   * A layer as it goes into a registry.
   *
   * @param bytes of the blob
   * @param descriptor of the blob: media type, digest, size
   * @param diffId of the tar inside
   */
  public record Blob(byte[] bytes, Descriptor descriptor, Digest diffId) {}

  /** All entries from here on belong to this user and group. */
  public LayerTar owner(int uid, int gid) {
    this.uid = uid;
    this.gid = gid;
    return this;
  }

  /** A regular file, mode 0644. */
  public LayerTar file(String path, String content) {
    return file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A regular file, mode 0644. */
  public LayerTar file(String path, byte[] content) {
    return file(path, content, 0644);
  }

  /** A regular file. */
  public LayerTar file(String path, byte[] content, int mode) {
    return entry('0', path, "", mode, content);
  }

  /** A regular file, mode 0755. */
  public LayerTar executable(String path, byte[] content) {
    return file(path, content, 0755);
  }

  /** A regular file, mode 0755, for example a script. */
  public LayerTar executable(String path, String content) {
    return executable(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A regular file, mode 0755, with a file capability given by its number: 13 is {@code
   * cap_net_raw}.
   */
  public LayerTar executableWithCapability(String path, byte[] content, int capability) {
    // struct vfs_cap_data, revision 2, effective; permitted then inheritable, low then high words.
    byte[] data = new byte[20];
    data[0] = 1;
    data[3] = 2;
    data[4 + capability / 32 * 8 + capability % 32 / 8] = (byte) (1 << capability % 8);
    return pax(CAPABILITY, data).executable(path, content);
  }

  /** A directory, mode 0755. */
  public LayerTar directory(String path) {
    return directory(path, 0755);
  }

  /** A directory; a trailing slash is added as tar does. */
  public LayerTar directory(String path, int mode) {
    return entry('5', path + "/", "", mode, new byte[0]);
  }

  /** A symbolic link to a target that need not exist. */
  public LayerTar symlink(String path, String target) {
    return entry('2', path, target, 0777, new byte[0]);
  }

  /** Another name for {@code target}, a path in this layer. */
  public LayerTar hardLink(String path, String target) {
    return entry('1', path, target, 0644, new byte[0]);
  }

  /** A character device. */
  public LayerTar device(String path) {
    return entry('3', path, "", 0666, new byte[0]);
  }

  /** Hides {@code path} of the layers below. */
  public LayerTar whiteout(String path) {
    int name = path.lastIndexOf('/') + 1;
    return file(path.substring(0, name) + ".wh." + path.substring(name), new byte[0]);
  }

  /** Hides all that the layers below have in this directory; the empty string is the root. */
  public LayerTar opaque(String directory) {
    return file(directory.isEmpty() ? ".wh..wh..opq" : directory + "/.wh..wh..opq", new byte[0]);
  }

  /** A PAX extended header with one record, which belongs to the next entry. */
  public LayerTar pax(String key, byte[] value) {
    return entry('x', "PaxHeaders/next", "", 0644, paxRecord(key, value));
  }

  /** An entry of any type; names of more than 100 bytes get a PAX header. */
  public LayerTar entry(char type, String path, String linkTarget, int mode, byte[] content) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    byte[] link = linkTarget.getBytes(StandardCharsets.UTF_8);
    if (name.length > 100 || link.length > 100) {
      ByteArrayOutputStream records = new ByteArrayOutputStream();
      records.writeBytes(paxRecord("path", name));
      if (link.length > 0) {
        records.writeBytes(paxRecord("linkpath", link));
      }
      entry('x', "PaxHeaders/long", "", 0644, records.toByteArray());
    }
    return raw(header(type, name, link, mode, content.length)).padded(content);
  }

  /** Bytes as they are, for what no decent tar holds. */
  public LayerTar raw(byte[] bytes) {
    tar.writeBytes(bytes);
    return this;
  }

  /** Bytes, filled up with zeros to whole blocks. */
  public LayerTar padded(byte[] bytes) {
    tar.writeBytes(bytes);
    tar.writeBytes(new byte[(BLOCK - bytes.length % BLOCK) % BLOCK]);
    return this;
  }

  /** A ustar header block with a right checksum. */
  public byte[] header(char type, byte[] name, byte[] link, int mode, long size) {
    byte[] block = new byte[BLOCK];
    System.arraycopy(name, 0, block, 0, Math.min(name.length, 100));
    octal(block, 100, 8, mode);
    octal(block, 108, 8, uid);
    octal(block, 116, 8, gid);
    octal(block, 124, 12, size);
    octal(block, 136, 12, 0);
    block[156] = (byte) type;
    System.arraycopy(link, 0, block, 157, Math.min(link.length, 100));
    text(block, 257, "ustar\0" + "00");
    return checksummed(block);
  }

  /** The same block with the checksum its other bytes ask for. */
  public static byte[] checksummed(byte[] block) {
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    octal(block, 148, 7, sum);
    return block;
  }

  /** {@code LENGTH KEY=VALUE\n}, where the length counts itself. */
  public static byte[] paxRecord(String key, byte[] value) {
    int rest = key.length() + value.length + 3;
    int length = rest + String.valueOf(rest).length();
    if (String.valueOf(length).length() > String.valueOf(rest).length()) {
      length++;
    }
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.UTF_8));
    record.writeBytes(value);
    record.write('\n');
    return record.toByteArray();
  }

  /** The tar with its two end blocks, uncompressed. */
  public Blob tar() {
    byte[] content = tarBytes();
    return blob(content, MediaTypes.OCI_LAYER_TAR, content);
  }

  /** The tar with its two end blocks, by gzip. */
  public Blob gzip() {
    byte[] content = tarBytes();
    return blob(gzipped(content), MediaTypes.OCI_LAYER_GZIP, content);
  }

  /** The tar with its two end blocks, by zstd. */
  public Blob zstd() {
    byte[] content = tarBytes();
    return blob(Zstd.compress(content), MediaTypes.OCI_LAYER_ZSTD, content);
  }

  /** The entries without the end blocks. */
  public byte[] withoutEnd() {
    return tar.toByteArray();
  }

  private byte[] tarBytes() {
    byte[] entries = tar.toByteArray();
    return Arrays.copyOf(entries, entries.length + 2 * BLOCK);
  }

  /** These bytes as one gzip member. */
  public static byte[] gzipped(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A layer that somebody else compressed. */
  public static Blob ofGzip(byte[] bytes) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return blob(bytes, MediaTypes.OCI_LAYER_GZIP, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Any bytes with the descriptor that fits them. */
  public static Blob blob(byte[] bytes, String mediaType, byte[] uncompressed) {
    return new Blob(
        bytes,
        new Descriptor(mediaType, Digest.sha256(bytes), bytes.length),
        Digest.sha256(uncompressed));
  }

  private static void octal(byte[] block, int offset, int length, long value) {
    String digits = Long.toOctalString(value);
    text(block, offset, "0".repeat(length - 1 - digits.length()) + digits + "\0");
  }

  private static void text(byte[] block, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, offset, bytes.length);
  }
}
