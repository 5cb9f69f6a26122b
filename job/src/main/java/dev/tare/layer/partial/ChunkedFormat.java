package dev.tare.layer.partial;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.tare.layer.blob.BlobDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The formats of layers whose files can be fetched one by one. */
public enum ChunkedFormat {
  /** Gzip, a member a chunk. */
  ESTARGZ("eStargz", "gzip") {
    @Override
    InputStream decoded(InputStream compressed) throws IOException {
      return new GZIPInputStream(compressed, 8 << 10);
    }
  },
  /** Zstandard, a frame a chunk. */
  ZSTD_CHUNKED("zstd:chunked", "zstd") {
    @Override
    InputStream decoded(InputStream compressed) throws IOException {
      return new ZstdInputStreamNoFinalizer(compressed);
    }
  };

  private final String word;
  private final String compression;

  ChunkedFormat(String word, String compression) {
    this.word = word;
    this.compression = compression;
  }

  /** The name that people know. */
  public String word() {
    return word;
  }

  /** As {@link BlobDecoder#compression()}. */
  public String compression() {
    return compression;
  }

  /** What these bytes were before they were compressed. */
  abstract InputStream decoded(InputStream compressed) throws IOException;
}
