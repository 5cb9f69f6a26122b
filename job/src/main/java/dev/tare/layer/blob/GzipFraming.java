package dev.tare.layer.blob;

import static dev.tare.layer.blob.ScanFault.number;

import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What gzip puts around the deflated data: members one after the other, each with a header and a
 * trailer of CRC-32 and length. Zeros behind the last member are padding; anything else there is
 * passed over, as gzip and pigz do, and remarked on.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipFraming {
  static final int TRAILER = 8;
  static final int MAGIC = 3;

  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final BlobInput input;
  private final CRC32 checksum = new CRC32();
  private long length;
  private int members;
  private @Nullable String remark;

  GzipFraming(BlobInput input) {
    this.input = input;
  }

  /** Reads the header of the next member; false at the end of the blob. */
  boolean nextMember() {
    if (!input.request(1)) {
      return false;
    }
    if (!input.request(MAGIC) || !isMember(0)) {
      if (members == 0) {
        throw ScanFault.corrupt("gzip: not a gzip header");
      }
      passOverRest();
      return false;
    }
    int flags = need(10) ? input.peek(3) : 0;
    if ((flags & RESERVED) != 0) {
      throw ScanFault.corrupt("gzip: reserved header flags are set");
    }
    input.consume(10);
    if ((flags & EXTRA) != 0 && need(2)) {
      int extra = input.peek(0) | input.peek(1) << 8;
      input.consume(2);
      skip(extra);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    checksum.reset();
    length = 0;
    members++;
    return true;
  }

  /** Takes note of uncompressed bytes of this member. */
  void inflated(byte[] bytes, int offset, int count) {
    checksum.update(bytes, offset, count);
    length += count;
  }

  /** Reads the trailer of this member and compares it. */
  void endMember() {
    need(TRAILER);
    if (!isTrailer(0)) {
      throw mismatch();
    }
    input.consume(TRAILER);
  }

  /** How a member ends whose trailer is not that of its content. */
  ScanFault mismatch() {
    return ScanFault.corrupt(
        "gzip: member "
            + members
            + ": checksum and length are missing or not those of its content");
  }

  /** Whether the trailer of this member stands at this distance, which may be negative. */
  boolean isTrailer(int distance) {
    return littleEndian(distance) == checksum.getValue()
        && littleEndian(distance + 4) == (length & 0xffff_ffffL);
  }

  /** Whether a member or the end of the blob stands at this distance. */
  boolean isFollowed(int distance) {
    return distance == input.available()
        || (distance + MAGIC <= input.available() && isMember(distance));
  }

  /** How a stream ends that should not end yet. */
  ScanFault truncated() {
    return ScanFault.corrupt(
        "gzip: member "
            + members
            + " is truncated: stream ended at "
            + number(input.received())
            + " bytes");
  }

  ScanFault invalid(Throwable cause) {
    return ScanFault.corrupt("gzip: member " + members + ": " + cause.getMessage(), cause);
  }

  @Nullable String remark() {
    return remark;
  }

  private long littleEndian(int distance) {
    return input.peek(distance)
        | input.peek(distance + 1) << 8
        | input.peek(distance + 2) << 16
        | (long) input.peek(distance + 3) << 24;
  }

  private boolean isMember(int distance) {
    return input.peek(distance) == 0x1f
        && input.peek(distance + 1) == 0x8b
        && input.peek(distance + 2) == 8;
  }

  private void passOverRest() {
    boolean padding = true;
    long rest = 0;
    while (input.request(1)) {
      int count = input.available();
      for (int i = 0; padding && i < count; i++) {
        padding = input.peek(i) == 0;
      }
      rest += count;
      input.consume(count);
    }
    if (!padding) {
      remark = number(rest) + " bytes after the gzip data were not read";
    }
  }

  private boolean need(int count) {
    if (!input.request(count)) {
      throw truncated();
    }
    return true;
  }

  private void skip(int count) {
    for (int left = count; left > 0; ) {
      need(1);
      int step = Math.min(left, input.available());
      input.consume(step);
      left -= step;
    }
  }

  private void skipText() {
    int next;
    do {
      need(1);
      next = input.read();
    } while (next != 0);
  }
}
