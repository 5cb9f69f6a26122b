package dev.tare.inspect.packages.java;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads a zip file from its first byte to its last, as it streams by; memory does not depend on its
 * size:
 *
 * <pre>
 * anything             a script or a program may stand in front
 * PK\3\4 header name   content, and where its sizes were not known before it, a descriptor
 * …
 * PK\1\2 header name   the directory: an entry that it does not list is none
 * …
 * PK\5\6               the end
 * </pre>
 *
 * <p>The directory, by which other programs find their way, comes last here; what lies between two
 * entries is passed over. Of several, as where one zip file follows another, the last one counts.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">.ZIP file format</a>
 */
final class ZipStream implements ZipEntries.Content, AutoCloseable {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int DESCRIPTOR = 0x08074b50;

  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;

  /** Checksum, compressed and uncompressed size. */
  private static final int DESCRIPTOR_BYTES = 12;

  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int ENCRYPTED = 1;
  private static final int SIZES_FOLLOW = 8;
  private static final long UNKNOWN = -1;
  private static final long IN_EXTRA = 0xffff_ffffL;

  /** The version of the format that an entry needs; 6.3 is the newest. */
  private static final int NEWEST = 63;

  private static final int LAST_SYSTEM = 19;
  private static final int LAST_METHOD = 99;
  private static final int UNUSED_FLAGS = 0x0780;
  private static final int LONGEST_NAME = 8_192;

  private static final int PIECE = 16 << 10;

  private enum Expected {
    SIGNATURE,
    HEADER,
    NAME,
    STORED_CONTENT,
    DEFLATED_CONTENT,
    SKIPPED_CONTENT,
    DESCRIPTOR
  }

  private final ZipEntries entries;
  private final InflateBudget budget;
  private final Inflater inflater = new Inflater(true);
  private final byte[] inflated = new byte[PIECE];

  private Expected expected = Expected.SIGNATURE;
  private boolean ended;

  /** The last four bytes, while a signature is looked for; then the header and the name. */
  private int signature;

  private byte[] header = new byte[CENTRAL_BYTES];
  private int filled;
  private int wanted;

  private String name = "";
  private ZipEntries.@Nullable Content content;
  private long left;

  /** Of content that is skipped. */
  private long passed;

  ZipStream(ZipEntries entries, InflateBudget budget) {
    this.entries = entries;
    this.budget = budget;
  }

  /** Whether the end of its directory was reached: without it, nobody else can read the file. */
  boolean isComplete() {
    return ended;
  }

  /** Frees what it takes to inflate. */
  @Override
  public void close() {
    inflater.end();
  }

  @Override
  public void end() {
    if (content != null) {
      unreadable("it ends in the middle of the file");
    }
  }

  @Override
  public void read(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end && !budget.isSpent()) {
      at =
          switch (expected) {
            case SIGNATURE -> signature(bytes, at, end);
            case HEADER, NAME, DESCRIPTOR -> fill(bytes, at, end);
            case STORED_CONTENT -> stored(bytes, at, end);
            case DEFLATED_CONTENT -> deflated(bytes, at, end);
            case SKIPPED_CONTENT -> skipped(bytes, at, end);
          };
    }
  }

  private int signature(byte[] bytes, int from, int end) {
    int last = signature;
    for (int at = from; at < end; at++) {
      last = (last >>> 8) | (bytes[at] << 24);
      if (last == LOCAL || last == CENTRAL || last == END) {
        signature = 0;
        begin(last);
        return at + 1;
      }
    }
    signature = last;
    return end;
  }

  private void begin(int kind) {
    if (kind == END) {
      ended = true;
      return;
    }
    wanted = kind == LOCAL ? LOCAL_BYTES : CENTRAL_BYTES;
    fields().putInt(kind);
    filled = 4;
    expected = Expected.HEADER;
  }

  private int fill(byte[] bytes, int at, int end) {
    int count = Math.min(wanted - filled, end - at);
    System.arraycopy(bytes, at, header, filled, count);
    filled += count;
    if (filled == wanted) {
      switch (expected) {
        case HEADER -> headerRead();
        case NAME -> nameRead();
        case DESCRIPTOR -> descriptorRead();
        case SIGNATURE, STORED_CONTENT, DEFLATED_CONTENT, SKIPPED_CONTENT -> {}
      }
    }
    return at + count;
  }

  private ByteBuffer fields() {
    return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
  }

  private boolean isLocal() {
    return fields().getInt(0) == LOCAL;
  }

  private int number(int at) {
    return Short.toUnsignedInt(fields().getShort(at));
  }

  private void headerRead() {
    boolean local = isLocal();
    if (!isHeader(local ? 0 : 2)) {
      again(Expected.SIGNATURE, 4);
      return;
    }
    if (ended) {
      ended = false;
      entries.beginAgain();
    }
    wanted = filled + (local ? number(26) + number(28) : number(28) + number(30) + number(32));
    if (header.length < wanted) {
      header = Arrays.copyOf(header, wanted);
    }
    expected = Expected.NAME;
  }

  /** Looks once more at bytes that only looked like a signature and what follows it. */
  private void again(Expected before, int from) {
    byte[] bytes = Arrays.copyOfRange(header, from, filled);
    expected = before;
    read(bytes, 0, bytes.length);
  }

  /** Whether the values may be those of an entry; a directory has them a little later. */
  private boolean isHeader(int shift) {
    int nameBytes = number(26 + shift);
    int version = number(4 + shift);
    return nameBytes > 0
        && nameBytes <= LONGEST_NAME
        && (version & 0xff) <= NEWEST
        && version >> 8 <= LAST_SYSTEM
        && number(8 + shift) <= LAST_METHOD
        && (number(6 + shift) & UNUSED_FLAGS) == 0;
  }

  private void nameRead() {
    boolean local = isLocal();
    int at = local ? LOCAL_BYTES : CENTRAL_BYTES;
    int length = number(local ? 26 : 28);
    name = new String(header, at, length, StandardCharsets.UTF_8);
    if (local) {
      contentBegins(at + length);
    } else {
      entries.listed(name);
      expected = Expected.SIGNATURE;
    }
  }

  private void contentBegins(int extraAt) {
    int flags = number(6);
    int method = number(8);
    left = bytes(flags, extraAt);
    content = entries.content(name);
    if (content != null && ((flags & ENCRYPTED) != 0 || (method != STORED && method != DEFLATED))) {
      unreadable(
          (flags & ENCRYPTED) != 0 ? "encrypted" : "compressed by method " + method + " of zip");
    }
    if (left == 0) {
      contentEnds();
    } else if (method == DEFLATED && content != null) {
      inflater.reset();
      expected = Expected.DEFLATED_CONTENT;
    } else if (method == DEFLATED && left == UNKNOWN) {
      passed = 0;
      expected = Expected.SKIPPED_CONTENT;
    } else if (left == UNKNOWN) {
      if (content != null) {
        unreadable("stored without its size");
      }
      expected = Expected.SIGNATURE;
    } else {
      expected = Expected.STORED_CONTENT;
    }
  }

  /** How many bytes the content takes in the file. */
  private long bytes(int flags, int extraAt) {
    long bytes = Integer.toUnsignedLong(fields().getInt(18));
    if ((flags & SIZES_FOLLOW) != 0 && (bytes == 0 || bytes == IN_EXTRA)) {
      return UNKNOWN;
    }
    if (bytes != IN_EXTRA) {
      return bytes;
    }
    for (int at = extraAt; at + 4 <= wanted; at += 4 + number(at + 2)) {
      if (number(at) == 1 && number(at + 2) >= 16 && at + 20 <= wanted) {
        long large = fields().getLong(at + 12);
        return large < 0 ? UNKNOWN : large;
      }
    }
    return UNKNOWN;
  }

  private int stored(byte[] bytes, int at, int end) {
    int count = (int) Math.min(left, end - at);
    if (content != null && budget.spend(count)) {
      content.read(bytes, at, count);
    }
    left -= count;
    if (left == 0) {
      contentEnds();
    }
    return at + count;
  }

  /**
   * Content that nobody wants ends where a descriptor tells just how long it was: to inflate it
   * would take most of the time.
   */
  private int skipped(byte[] bytes, int from, int end) {
    int last = signature;
    for (int at = from; at < end; at++) {
      last = (last >>> 8) | (bytes[at] << 24);
      if (last == DESCRIPTOR) {
        signature = 0;
        passed += at + 1 - from;
        filled = 0;
        wanted = DESCRIPTOR_BYTES;
        expected = Expected.DESCRIPTOR;
        return at + 1;
      }
    }
    signature = last;
    passed += end - from;
    return end;
  }

  private void descriptorRead() {
    // Of a large file both sizes have eight bytes: the first four of them are the lower ones.
    if (fields().getInt(4) == (int) (passed - 4)) {
      contentEnds();
    } else {
      again(Expected.SKIPPED_CONTENT, 0);
    }
  }

  private int deflated(byte[] bytes, int at, int end) {
    int count = left == UNKNOWN ? end - at : (int) Math.min(left, end - at);
    inflater.setInput(bytes, at, count);
    try {
      for (int got = inflater.inflate(inflated); got > 0; got = inflater.inflate(inflated)) {
        if (!budget.spend(got)) {
          return end;
        }
        if (content != null) {
          content.read(inflated, 0, got);
        }
      }
    } catch (DataFormatException e) {
      unreadable("damaged");
      expected = left == UNKNOWN ? Expected.SIGNATURE : Expected.STORED_CONTENT;
      return at;
    }
    int used = count - inflater.getRemaining();
    if (left != UNKNOWN) {
      left -= used;
    }
    if (inflater.finished()) {
      contentEnds();
      expected = left > 0 ? Expected.STORED_CONTENT : Expected.SIGNATURE;
    } else if (left == 0) {
      unreadable("it ends too early");
      expected = Expected.SIGNATURE;
    }
    return at + used;
  }

  private void contentEnds() {
    if (content != null) {
      content.end();
      content = null;
    }
    expected = Expected.SIGNATURE;
  }

  private void unreadable(String why) {
    if (content != null) {
      content = null;
      entries.unreadable(name, why);
    }
  }
}
