package dev.tare.layer.partial;

import dev.tare.layer.blob.ScanFault;
import dev.tare.layer.tar.TarSource;
import dev.tare.layer.tar.TarWalk;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The tar of an eStargz layer, from its table of contents. Headers are not what they are in the
 * blob, byte by byte, but say the same. Behind the last entry stands what stands there in the blob:
 * the end blocks, or the table itself as an entry.
 */
public final class EstargzPieces implements Iterator<TarPiece> {
  private final TocReader entries;
  private final Deque<TarPiece> ready = new ArrayDeque<>();
  private List<TarPiece> ending;
  private long leastBytes;

  EstargzPieces(TocReader entries, List<TarPiece> ending) {
    this.entries = entries;
    this.ending = ending;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty()) {
      TocEntry entry = entries.next();
      if (entry != null) {
        add(entry);
      } else {
        ready.addAll(ending);
        ending = List.of();
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public TarPiece next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** How many bytes a tar of these entries has at least. */
  public long leastBytes() {
    return leastBytes;
  }

  private void add(TocEntry entry) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    record(records, "path", bytes(entry.name()));
    record(records, "linkpath", bytes(entry.linkName()));
    record(records, "uid", bytes(Long.toString(entry.uid())));
    record(records, "gid", bytes(Long.toString(entry.gid())));
    record(records, "size", bytes(Long.toString(entry.sizeBytes())));
    byte[] capability = entry.capability();
    if (capability != null) {
      record(records, TarWalk.CAPABILITY, capability);
    }
    byte[] pax = records.toByteArray();
    ready.add(new TarPiece.Raw(header('x', 0, pax.length)));
    ready.add(new TarPiece.Raw(pax));
    ready.add(new TarPiece.Raw(filling(pax.length)));
    ready.add(new TarPiece.Raw(header(type(entry.type()), entry.mode(), 0)));
    leastBytes += TarSource.BLOCK;
    if (entry.sizeBytes() > 0) {
      byte[] filling = filling(entry.sizeBytes());
      ready.add(new TarPiece.Content(entry.sizeBytes(), entry.chunks()));
      ready.add(new TarPiece.Raw(filling));
      leastBytes += entry.sizeBytes() + filling.length;
    }
  }

  private static char type(String type) {
    return switch (type) {
      case "reg" -> '0';
      case "hardlink" -> '1';
      case "symlink" -> '2';
      case "char" -> '3';
      case "block" -> '4';
      case "dir" -> '5';
      case "fifo" -> '6';
      default -> throw ScanFault.corrupt("table of contents: unknown type \"" + type + "\"");
    };
  }

  /** The length of a record counts itself. */
  private static void record(ByteArrayOutputStream records, String key, byte[] value) {
    int rest = key.length() + value.length + 3;
    int length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    records.writeBytes(bytes(length + " " + key + "="));
    records.writeBytes(value);
    records.write('\n');
  }

  private static byte[] header(char type, int mode, long size) {
    byte[] header = new byte[TarSource.BLOCK];
    octal(header, 100, mode, 7);
    octal(header, 108, 0, 7);
    octal(header, 116, 0, 7);
    octal(header, 124, size, 11);
    octal(header, 136, 0, 11);
    header[156] = (byte) type;
    System.arraycopy(bytes("ustar\00000"), 0, header, 257, 8);
    int sum = 8 * ' ';
    for (byte b : header) {
      sum += b & 0xff;
    }
    octal(header, 148, sum, 6);
    return header;
  }

  private static void octal(byte[] header, int offset, long value, int digits) {
    long rest = value;
    for (int i = offset + digits - 1; i >= offset; i--) {
      header[i] = (byte) ('0' + (rest & 7));
      rest >>= 3;
    }
  }

  private static byte[] filling(long size) {
    return new byte[(int) ((TarSource.BLOCK - size % TarSource.BLOCK) % TarSource.BLOCK)];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
