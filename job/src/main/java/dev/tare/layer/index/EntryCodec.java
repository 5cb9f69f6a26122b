package dev.tare.layer.index;

import dev.tare.layer.ContentKind;
import dev.tare.layer.EntryType;
import dev.tare.layer.LayerEntry;
import java.util.List;

/**
 * The bytes of an entry without its path: a first byte of type (bits 0–2), content kind (3–4),
 * whether the owner is not root (5), whether there are capabilities (6); then mode, owner, size of
 * a file, link target, capabilities, as far as it has them.
 */
final class EntryCodec {
  /** A type is stored as its place here: what is stored must not depend on the enum's order. */
  private static final List<EntryType> TYPES =
      List.of(
          EntryType.FILE,
          EntryType.DIRECTORY,
          EntryType.SYMLINK,
          EntryType.HARD_LINK,
          EntryType.SPECIAL,
          EntryType.WHITEOUT,
          EntryType.OPAQUE);

  private static final List<ContentKind> KINDS =
      List.of(ContentKind.NONE, ContentKind.ELF, ContentKind.SCRIPT, ContentKind.OTHER);

  private static final int OWNED = 1 << 5;
  private static final int CAPABLE = 1 << 6;

  private EntryCodec() {}

  static void encode(LayerEntry entry, ByteSink sink) {
    boolean owned = entry.uid() != 0 || entry.gid() != 0;
    String capabilities = entry.capabilities();
    sink.octet(
        TYPES.indexOf(entry.type())
            | KINDS.indexOf(entry.content()) << 3
            | (owned ? OWNED : 0)
            | (capabilities == null ? 0 : CAPABLE));
    sink.number(entry.mode());
    if (owned) {
      sink.number(Integer.toUnsignedLong(entry.uid()));
      sink.number(Integer.toUnsignedLong(entry.gid()));
    }
    if (entry.type() == EntryType.FILE) {
      sink.number(entry.sizeBytes());
    }
    String target = entry.linkTarget();
    if (isLink(entry.type())) {
      sink.text(target == null ? "" : target);
    }
    if (capabilities != null) {
      sink.text(capabilities);
    }
  }

  static LayerEntry decode(String path, ByteCursor cursor) {
    int first = cursor.octet();
    if ((first & 7) >= TYPES.size()) {
      throw ByteCursor.malformed();
    }
    EntryType type = TYPES.get(first & 7);
    int mode = cursor.count();
    boolean owned = (first & OWNED) != 0;
    int uid = owned ? (int) cursor.number() : 0;
    int gid = owned ? (int) cursor.number() : 0;
    return new LayerEntry(
        path,
        type,
        mode,
        uid,
        gid,
        type == EntryType.FILE ? cursor.number() : 0,
        isLink(type) ? cursor.text() : null,
        KINDS.get(first >> 3 & 3),
        (first & CAPABLE) != 0 ? cursor.text() : null);
  }

  static EntryType type(byte firstByte) {
    return TYPES.get(firstByte & 7);
  }

  private static boolean isLink(EntryType type) {
    return type == EntryType.SYMLINK || type == EntryType.HARD_LINK;
  }
}
