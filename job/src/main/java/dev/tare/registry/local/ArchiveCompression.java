package dev.tare.registry.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** How a saved archive, or a layer in it, is compressed, which its name often does not tell. */
enum ArchiveCompression {
  NONE(""),
  GZIP("1f8b"),
  XZ("fd377a585a00"),
  ZSTD("28b52ffd"),
  BZIP2("425a68");

  private static final int LONGEST_MAGIC = 6;
  private static final int BUFFER_BYTES = 64 << 10;

  /** What {@code xz -9} needs to decompress, and some. */
  private static final int XZ_MEMORY_KIB = 100 << 10;

  /** The first bytes, hexadecimal. */
  private final String magic;

  ArchiveCompression(String magic) {
    this.magic = magic;
  }

  /** Tells by the first bytes. */
  static ArchiveCompression of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(LONGEST_MAGIC));
    }
  }

  /** Tells by these first bytes. */
  static ArchiveCompression of(byte[] start) {
    String hex = HexFormat.of().formatHex(start);
    return Arrays.stream(values())
        .filter(each -> each != NONE && hex.startsWith(each.magic))
        .findFirst()
        .orElse(NONE);
  }

  /** The tar inside, from its first byte. */
  InputStream open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      return this == NONE ? raw : new ExpandingStream(decompressing(raw), Files.size(file));
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private InputStream decompressing(InputStream raw) throws IOException {
    return switch (this) {
      case NONE -> raw;
      case GZIP -> new GZIPInputStream(raw, BUFFER_BYTES);
      case XZ -> new XZInputStream(new BufferedInputStream(raw, BUFFER_BYTES), XZ_MEMORY_KIB);
      case ZSTD -> new ZstdCompressorInputStream(raw);
      case BZIP2 ->
          new BZip2CompressorInputStream(new BufferedInputStream(raw, BUFFER_BYTES), true);
    };
  }
}
