package dev.tare.layer.tar;

import dev.tare.layer.blob.ScanFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the stored pieces of a sparse file belong; everything between them is zeros.
 *
 * @param pieces offset and length of each, in their order
 * @param sizeBytes of the file with its holes
 * @see <a href="https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html">GNU tar,
 *     Storing Sparse Files</a>
 */
record SparseMap(List<Piece> pieces, long sizeBytes) {
  private static final int HEADER_PIECES = 386;
  private static final int PIECE_BYTES = 24;

  record Piece(long offset, long length) {}

  SparseMap {
    pieces = List.copyOf(pieces);
    long end = 0;
    for (Piece piece : pieces) {
      if (piece.offset() < end
          || piece.length() < 0
          || piece.length() > sizeBytes - piece.offset()) {
        throw ScanFault.corrupt("sparse map: pieces overlap or lie outside of the file");
      }
      end = piece.offset() + piece.length();
    }
  }

  /** Stored bytes. */
  long storedBytes() {
    return pieces.stream().mapToLong(Piece::length).sum();
  }

  /** Whether the file begins with stored bytes, not with a hole. */
  boolean beginsStored() {
    return !pieces.isEmpty() && pieces.getFirst().offset() == 0;
  }

  /** The file with its holes; only for sizes that are known to be small. */
  byte[] expand(byte[] stored) {
    byte[] file = new byte[(int) sizeBytes];
    int from = 0;
    for (Piece piece : pieces) {
      System.arraycopy(stored, from, file, (int) piece.offset(), (int) piece.length());
      from += (int) piece.length();
    }
    return file;
  }

  /** The old GNU format: in the header, and in blocks that follow it (21 pieces each). */
  static SparseMap ofHeader(TarSource tar, int header, int maximumBytes) {
    byte[] buffer = tar.array();
    long size = TarHeader.number(buffer, header + 483, 12, "sparse size");
    List<Piece> pieces = new ArrayList<>();
    boolean more = takePieces(buffer, header + HEADER_PIECES, 4, pieces);
    for (int bytes = TarSource.BLOCK; more; bytes += TarSource.BLOCK) {
      checkLength(bytes, maximumBytes);
      int block = tar.nextBlock();
      if (block < 0) {
        throw ScanFault.corrupt("sparse map: stream ended inside it");
      }
      more = takePieces(buffer, block, 21, pieces);
    }
    return new SparseMap(pieces, size);
  }

  /** Takes the pieces of one block; whether the byte behind them announces another block. */
  private static boolean takePieces(byte[] buffer, int offset, int count, List<Piece> pieces) {
    for (int i = 0; i < count; i++) {
      int at = offset + i * PIECE_BYTES;
      if (buffer[at] == 0) {
        break;
      }
      pieces.add(
          new Piece(
              TarHeader.number(buffer, at, 12, "sparse offset"),
              TarHeader.number(buffer, at + 12, 12, "sparse length")));
    }
    return buffer[offset + count * PIECE_BYTES] != 0;
  }

  /** Format 0.0, repeated records, and 0.1, one record {@code GNU.sparse.map=0,512,4096,512}. */
  static SparseMap ofRecords(PaxRecords pax) {
    List<Long> numbers = new ArrayList<>();
    for (byte[] value : pax.sparsePieces()) {
      numbers.add(number(value, 0, value.length));
    }
    byte[] map = pax.bytes("GNU.sparse.map");
    if (map != null) {
      for (int from = 0; from <= map.length; ) {
        int comma = from;
        while (comma < map.length && map[comma] != ',') {
          comma++;
        }
        numbers.add(number(map, from, comma));
        from = comma + 1;
      }
    }
    return new SparseMap(pair(numbers), pax.number("GNU.sparse.size", 0));
  }

  /**
   * Format 1.0: decimal numbers, one a line, in front of the data: how many pieces, then offset and
   * length of each; filled up to a whole block.
   *
   * @param data the whole blocks that hold the map
   */
  static SparseMap ofData(byte[] data, long sizeBytes) {
    List<Long> numbers = new ArrayList<>();
    long wanted = 1;
    for (int from = 0; numbers.size() < wanted; ) {
      int end = from;
      while (end < data.length && data[end] != '\n') {
        end++;
      }
      numbers.add(number(data, from, end));
      wanted = 1 + 2 * numbers.getFirst();
      from = end + 1;
    }
    return new SparseMap(pair(numbers.subList(1, numbers.size())), sizeBytes);
  }

  /** How many lines end in this block. */
  static int lines(byte[] block) {
    int lines = 0;
    for (byte b : block) {
      if (b == '\n') {
        lines++;
      }
    }
    return lines;
  }

  /** How many lines a map of format 1.0 has, of which the first one is here. */
  static long linesOfMap(byte[] data) {
    int end = 0;
    while (data[end] != '\n') {
      end++;
    }
    return 1 + 2 * number(data, 0, end);
  }

  static void checkLength(int bytes, int maximumBytes) {
    if (bytes > maximumBytes) {
      throw ScanFault.limit("sparse map", maximumBytes, "tare.limits.maximum-pax-header-bytes");
    }
  }

  private static List<Piece> pair(List<Long> numbers) {
    if (numbers.size() % 2 != 0) {
      throw ScanFault.corrupt("sparse map: an offset without a length");
    }
    List<Piece> pieces = new ArrayList<>(numbers.size() / 2);
    for (int i = 0; i < numbers.size(); i += 2) {
      pieces.add(new Piece(numbers.get(i), numbers.get(i + 1)));
    }
    return pieces;
  }

  private static long number(byte[] data, int from, int to) {
    long value = PaxRecords.decimal(data, from, to);
    if (value < 0) {
      throw ScanFault.corrupt(
          "sparse map: \""
              + EntryPath.text(Arrays.copyOfRange(data, from, Math.min(to, from + 20)))
              + "\" is not a number");
    }
    return value;
  }
}
