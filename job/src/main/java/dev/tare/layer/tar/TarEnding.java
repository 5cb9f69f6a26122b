package dev.tare.layer.tar;

import dev.tare.layer.blob.ScanFault;
import java.io.IOException;
import java.io.InputStream;

/**
 * Whether a tar has ended before the table of contents that follows it. Some writers of eStargz
 * keep the end blocks of the tar they were given, others leave them out: then unpacking makes a
 * file of the table.
 */
public final class TarEnding {
  /** The last header, and what fills up its fields and the content before it, has fewer zeros. */
  private static final int NO_ENDING = TarSource.BLOCK * 3 / 2;

  private TarEnding() {}

  /**
   * Whether these last bytes of a tar, which begin behind some content, end with two blocks of
   * zeros.
   */
  public static boolean standsAtTheEndOf(InputStream last) throws IOException {
    byte[] piece = new byte[8 << 10];
    long zeros = 0;
    for (int count = last.read(piece); count > 0; count = last.read(piece)) {
      int trailing = 0;
      while (trailing < count && piece[count - 1 - trailing] == 0) {
        trailing++;
      }
      zeros = trailing == count ? zeros + count : trailing;
    }
    if (zeros >= NO_ENDING && zeros < 2 * TarSource.BLOCK) {
      throw ScanFault.corrupt("eStargz: it cannot be told whether the tar has ended");
    }
    return zeros >= 2 * TarSource.BLOCK;
  }
}
