package dev.tare.layer.blob;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Zstandard: any number of frames, skippable frames (which zstd:chunked appends) passed over.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>
 */
public final class ZstdDecoder implements BlobDecoder {
  /**
   * The window a frame may ask for, 128 MiB: what {@code zstd -d} allows without {@code --long}.
   */
  private static final int MAXIMUM_WINDOW_LOG = 27;

  private final ZstdInputStreamNoFinalizer frames;

  public ZstdDecoder(BlobInput input) {
    try {
      frames = new ZstdInputStreamNoFinalizer(input);
      frames.setLongMax(MAXIMUM_WINDOW_LOG);
    } catch (IOException e) {
      throw new UncheckedIOException("zstd decoder refused to start", e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    try {
      return frames.read(target, offset, length);
    } catch (ZstdIOException e) {
      if (e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
        throw ScanFault.fixedLimit("zstd: a frame asks for a window of more than 128 MiB", e);
      }
      throw ScanFault.corrupt("zstd: " + e.getMessage(), e);
    } catch (IOException e) {
      throw ScanFault.corrupt("zstd: " + e.getMessage(), e);
    }
  }

  @Override
  public String compression() {
    return "zstd";
  }

  @Override
  public void close() {
    try {
      frames.close();
    } catch (IOException e) {
      throw new UncheckedIOException("zstd decoder refused to close", e);
    }
  }
}
