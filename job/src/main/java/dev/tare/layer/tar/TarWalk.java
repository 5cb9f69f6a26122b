package dev.tare.layer.tar;

import static dev.tare.layer.blob.ScanFault.number;

import dev.tare.layer.ContentInterest;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.layer.ContentKind;
import dev.tare.layer.ContentMemory;
import dev.tare.layer.ContentReader;
import dev.tare.layer.EntryType;
import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerFacts.GapKind;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.blob.ScanFault;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar header by header: ustar, PAX, GNU and star. Where writers differ it does what Go's
 * archive/tar does, because container runtimes unpack with that: a GNU long name wins over a PAX
 * path, global PAX headers do not apply, links and directories have no data, a missing end is one.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">Image Layer
 *     Filesystem Changeset</a>
 */
public final class TarWalk {
  private static final String WHITEOUT = ".wh.";
  private static final String META = ".wh..wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  public static final String CAPABILITY = "SCHILY.xattr.security.capability";

  /** A sparse file is expanded in memory before it is read. */
  private static final int MAXIMUM_SPARSE = 16 << 20;

  /** Enough to tell ELF and scripts. */
  private static final int MAGIC = 4;

  private final TarSource tar;
  private final LayerLimits limits;
  private final ContentInterest interest;
  private final LayerContents contents;
  private final ContentMemory memory;

  private PaxRecords pax = PaxRecords.NONE;
  private byte @Nullable [] longName;
  private byte @Nullable [] longLink;
  private int headers;

  /** The first bytes of the file at hand. */
  private final byte[] looked = new byte[ContentInterest.LOOKED_AT];

  public TarWalk(
      TarSource tar,
      LayerLimits limits,
      ContentInterest interest,
      LayerContents contents,
      ContentMemory memory) {
    this.tar = tar;
    this.limits = limits;
    this.interest = interest;
    this.contents = contents;
    this.memory = memory;
  }

  /** Reads up to the end blocks, or to the end of the stream where there are none. */
  public void run() {
    for (int at = tar.nextBlock(); at >= 0; at = tar.nextBlock()) {
      if (TarHeader.isZero(tar.array(), at)) {
        requireSecondEndBlock();
        return;
      }
      if (++headers > limits.maximumEntries()) {
        throw ScanFault.limit(
            "tar entries", limits.maximumEntries(), "tare.limits.maximum-entries");
      }
      take(TarHeader.parse(tar.array(), at), at);
    }
  }

  private void requireSecondEndBlock() {
    int second = tar.nextBlock();
    if (second >= 0 && !TarHeader.isZero(tar.array(), second)) {
      throw ScanFault.corrupt("tar: a block of zeros between entries");
    }
  }

  private void take(TarHeader header, int at) {
    switch (header.type()) {
      case 'x' -> pax = PaxRecords.parse(special(header, "pax header"));
      case 'g' -> passOverGlobal(PaxRecords.parse(special(header, "global pax header")));
      case 'L' -> longName = untilNul(special(header, "GNU long name"));
      case 'K' -> longLink = untilNul(special(header, "GNU long link"));
      default -> {
        SparseMap sparse =
            header.type() == 'S'
                ? SparseMap.ofHeader(tar, at, limits.maximumPaxHeaderBytes())
                : null;
        takeEntry(header, sparse);
        pax = PaxRecords.NONE;
        longName = null;
        longLink = null;
      }
    }
  }

  private void passOverGlobal(PaxRecords records) {
    for (String key : new String[] {"path", "linkpath", "size", CAPABILITY}) {
      if (records.has(key)) {
        contents.remark("a global pax header sets " + key + ", which container runtimes ignore");
      }
    }
  }

  private void takeEntry(TarHeader header, @Nullable SparseMap oldSparse) {
    byte[] rawName = choose(longName, pax.bytes("path"), header.name());
    if (isPaxSparse(header)) {
      rawName = choose(null, pax.bytes("GNU.sparse.name"), rawName);
    }
    boolean directory =
        header.type() == '5'
            || (header.type() == 0 && rawName.length > 0 && rawName[rawName.length - 1] == '/');
    String written = EntryPath.text(checkedPath(rawName));
    String path = EntryPath.normalise(written);
    EntryType type = type(header.type(), directory);
    boolean hasData = type == EntryType.FILE || type == null;
    Data data =
        new Data(
            path == null ? written : path, hasData ? pax.number("size", header.sizeBytes()) : 0);
    if (path == null) {
      contents.gap(written, "the path leads upwards: entry left out");
    } else if (type == null) {
      contents.gap(path, "unknown tar entry type '" + printable(header.type()) + "'");
    } else if (path.contains(WHITEOUT) && isWhiteout(path)) {
      takeWhiteout(header, path);
    } else if (path.isEmpty() && type != EntryType.DIRECTORY) {
      contents.remark("the root is no directory: entry left out");
    } else if (type == EntryType.FILE) {
      takeFile(header, path, data, oldSparse);
    } else {
      takeLinkOrNode(header, path, type);
    }
    data.end();
  }

  private static @Nullable EntryType type(char type, boolean directory) {
    if (directory) {
      return EntryType.DIRECTORY;
    }
    return switch (type) {
      case 0, '0', '7', 'S' -> EntryType.FILE;
      case '1' -> EntryType.HARD_LINK;
      case '2' -> EntryType.SYMLINK;
      case '3', '4', '6' -> EntryType.SPECIAL;
      default -> null;
    };
  }

  /** Whether the last component hides something, or some component is bookkeeping of aufs. */
  private static boolean isWhiteout(String path) {
    return EntryPath.name(path).startsWith(WHITEOUT)
        || path.startsWith(META)
        || path.contains("/" + META);
  }

  private void takeWhiteout(TarHeader header, String path) {
    String directory = EntryPath.parent(path);
    String name = EntryPath.name(path);
    if (directory.startsWith(META) || directory.contains("/" + META)) {
      return;
    }
    if (name.equals(OPAQUE)) {
      add(header, directory, EntryType.OPAQUE, 0, null, ContentKind.NONE);
    } else if (!name.startsWith(META)) {
      String hidden = name.substring(WHITEOUT.length());
      if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
        contents.gap(path, "a whiteout that names no entry: left out");
      } else {
        String target = EntryPath.child(directory, hidden);
        add(header, target, EntryType.WHITEOUT, 0, null, ContentKind.NONE);
      }
    }
  }

  private void takeLinkOrNode(TarHeader header, String path, EntryType type) {
    String target = null;
    if (type == EntryType.SYMLINK || type == EntryType.HARD_LINK) {
      target =
          EntryPath.text(checkedPath(choose(longLink, pax.bytes("linkpath"), header.linkName())));
    }
    if (type == EntryType.HARD_LINK && target != null) {
      String written = target;
      target = EntryPath.normalise(written);
      if (target == null || target.isEmpty()) {
        contents.gap(path, "a hard link to \"" + written + "\", outside of the layer: left out");
        return;
      }
    }
    add(header, path, type, 0, target, ContentKind.NONE);
  }

  private void takeFile(TarHeader header, String path, Data data, @Nullable SparseMap oldSparse) {
    SparseMap sparse = oldSparse;
    if (sparse == null && isPaxSparse(header)) {
      sparse =
          pax.has("GNU.sparse.major") && !pax.isText("GNU.sparse.major", "0")
              ? data.leadingMap()
              : SparseMap.ofRecords(pax);
    }
    if (sparse != null && sparse.storedBytes() != data.left) {
      throw ScanFault.corrupt(
          "entry "
              + path
              + ": sparse map has "
              + number(sparse.storedBytes())
              + " bytes, entry has "
              + number(data.left));
    }
    long size = sparse == null ? data.left : sparse.sizeBytes();
    int mode = (int) header.mode() & 07777;
    Extraction wanted = interest.wants(path, size, mode);
    boolean looking = sparse == null && size > 0 && (wanted != null || interest.isRecognising());
    int lookedAt = looking ? data.look(looked) : 0;
    Extraction recognised =
        looking ? interest.recognises(path, size, wanted, looked, lookedAt) : null;
    if (recognised != null && isAffordable(recognised, size)) {
      add(header, path, EntryType.FILE, size, null, ContentKind.OTHER);
      contents.recognise(
          path, recognised.form(), reduced(recognised, size, looked, lookedAt, data));
      return;
    }
    if (wanted == null) {
      ContentKind unread = size == 0 ? ContentKind.NONE : ContentKind.OTHER;
      add(header, path, EntryType.FILE, size, null, unread);
      return;
    }
    Extraction extraction = isWithinBounds(path, size, wanted, sparse != null) ? wanted : null;
    byte[] start = looked;
    int length = lookedAt;
    if (sparse != null) {
      start = data.read((int) Math.min(data.left, extraction != null ? data.left : MAGIC));
      length = start.length;
    }
    add(header, path, EntryType.FILE, size, null, kind(start, length, size, sparse));
    if (extraction != null) {
      byte[] first = sparse == null ? start : sparse.expand(start);
      int firstLength = sparse == null ? length : first.length;
      contents.keep(path, reduced(extraction, size, first, firstLength, data));
    }
  }

  /** What a file is reduced to: its first bytes, then what is left of its data. */
  private byte[] reduced(
      Extraction extraction, long size, byte[] first, int firstLength, Data data) {
    long memoryBytes = extraction.memoryBytes(size);
    memory.take(memoryBytes);
    try {
      ContentReader reader = extraction.reader(size);
      reader.read(first, 0, firstLength);
      data.pass(reader);
      return reader.kept();
    } finally {
      memory.giveBack(memoryBytes);
    }
  }

  /** Whether something that nobody may ever ask for is within the limits. */
  private boolean isAffordable(Extraction extraction, long size) {
    return size <= extraction.maximumBytes() && extraction.memoryBytes(size) <= memory.bytes();
  }

  private boolean isWithinBounds(String path, long size, Extraction wanted, boolean sparse) {
    int maximum = sparse ? Math.min(wanted.maximumBytes(), MAXIMUM_SPARSE) : wanted.maximumBytes();
    if (size > maximum) {
      contents.gap(path, "not read: " + number(size) + " bytes, limit " + number(maximum));
      return false;
    }
    if (wanted.memoryBytes(size) > memory.bytes()) {
      contents.gap(
          path,
          "not read: "
              + number(size)
              + " bytes take "
              + number(wanted.memoryBytes(size))
              + " bytes of memory, there are "
              + number(memory.bytes())
              + ": give Java a larger heap");
      return false;
    }
    return true;
  }

  private static ContentKind kind(byte[] start, int length, long size, @Nullable SparseMap sparse) {
    if (size == 0) {
      return ContentKind.NONE;
    }
    if (sparse != null && !sparse.beginsStored()) {
      return ContentKind.OTHER;
    }
    if (length >= 4 && start[0] == 0x7f && start[1] == 'E' && start[2] == 'L' && start[3] == 'F') {
      return ContentKind.ELF;
    }
    return length >= 2 && start[0] == '#' && start[1] == '!'
        ? ContentKind.SCRIPT
        : ContentKind.OTHER;
  }

  private boolean isPaxSparse(TarHeader header) {
    boolean regular = header.type() == 0 || header.type() == '0' || header.type() == '7';
    return regular
        && (pax.has("GNU.sparse.major")
            || pax.has("GNU.sparse.map")
            || !pax.sparsePieces().isEmpty());
  }

  private void add(
      TarHeader header,
      String path,
      EntryType type,
      long size,
      @Nullable String target,
      ContentKind kind) {
    contents.add(
        new LayerEntry(
            path,
            type,
            (int) header.mode() & 07777,
            owner(path, "uid", header.uid()),
            owner(path, "gid", header.gid()),
            size,
            target,
            kind,
            type == EntryType.FILE ? capabilities(path) : null));
  }

  /** Linux has 32 bits for them, which a Java int holds as they are. */
  private int owner(String path, String field, long inHeader) {
    long id = pax.number(field, inHeader);
    if (id > 0xffff_ffffL) {
      contents.gap(path, field + " " + id + " has more than 32 bits");
      return -1;
    }
    return (int) id;
  }

  private @Nullable String capabilities(String path) {
    byte[] attribute = pax.bytes(CAPABILITY);
    if (attribute == null) {
      return null;
    }
    String names = FileCapabilities.names(attribute);
    if (names == null) {
      contents.gap(GapKind.CAPABILITIES, path, "file capabilities of an unknown form");
      return null;
    }
    return names.isEmpty() ? null : names;
  }

  /** The data of an entry that says something about the next one. */
  private byte[] special(TarHeader header, String what) {
    if (header.sizeBytes() > limits.maximumPaxHeaderBytes()) {
      throw ScanFault.limit(
          what + " of " + number(header.sizeBytes()) + " bytes",
          limits.maximumPaxHeaderBytes(),
          "tare.limits.maximum-pax-header-bytes");
    }
    Data data = new Data(what, header.sizeBytes());
    byte[] content = data.read((int) header.sizeBytes());
    data.end();
    return content;
  }

  private byte[] checkedPath(byte[] path) {
    if (path.length > limits.maximumPathBytes()) {
      throw ScanFault.limit(
          "path of " + number(path.length) + " bytes",
          limits.maximumPathBytes(),
          "tare.limits.maximum-path-bytes");
    }
    return path;
  }

  private static byte[] choose(
      byte @Nullable [] first, byte @Nullable [] second, byte[] otherwise) {
    if (first != null && first.length > 0) {
      return first;
    }
    return second != null ? second : otherwise;
  }

  private static byte[] untilNul(byte[] text) {
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return Arrays.copyOf(text, end);
  }

  private static String printable(char type) {
    return type > 0x20 && type < 0x7f ? String.valueOf(type) : String.format("\\x%02x", (int) type);
  }

  /** The data of one entry, and the zeros that fill its last block. */
  private final class Data {
    private final String name;
    private final long size;
    private long left;

    Data(String name, long size) {
      this.name = name;
      this.size = size;
      this.left = size;
    }

    byte[] read(int count) {
      byte[] bytes = new byte[count];
      fill(bytes, count);
      return bytes;
    }

    private void fill(byte[] target, int count) {
      int done = tar.read(target, 0, count);
      left -= done;
      if (done < count) {
        throw truncated();
      }
    }

    /** Reads as many first bytes as fit, or as there are. */
    int look(byte[] target) {
      int count = (int) Math.min(left, target.length);
      fill(target, count);
      return count;
    }

    /** Hands on what is left. */
    void pass(ContentReader reader) {
      left -= tar.pass(left, reader);
      if (left > 0) {
        throw truncated();
      }
    }

    /** The map in front of the data of sparse format 1.0. */
    SparseMap leadingMap() {
      ByteArrayOutputStream map = new ByteArrayOutputStream();
      long wanted = 1;
      for (long lines = 0; lines < wanted; ) {
        SparseMap.checkLength(map.size() + TarSource.BLOCK, limits.maximumPaxHeaderBytes());
        if (left < TarSource.BLOCK) {
          throw ScanFault.corrupt("entry " + name + ": data ends inside the sparse map");
        }
        byte[] block = read(TarSource.BLOCK);
        map.writeBytes(block);
        boolean counted = lines > 0;
        lines += SparseMap.lines(block);
        if (!counted && lines > 0) {
          wanted = SparseMap.linesOfMap(map.toByteArray());
        }
      }
      return SparseMap.ofData(map.toByteArray(), pax.number("GNU.sparse.realsize", 0));
    }

    /** Passes over what is left; the filling of the very last block may be missing. */
    void end() {
      left -= tar.skip(left);
      if (left > 0) {
        throw truncated();
      }
      tar.skip((TarSource.BLOCK - size % TarSource.BLOCK) % TarSource.BLOCK);
    }

    private ScanFault truncated() {
      return ScanFault.corrupt(
          "entry "
              + name
              + ": expected "
              + number(size)
              + " bytes, stream ended at "
              + number(size - left));
    }
  }
}
