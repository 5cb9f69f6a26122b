package dev.tare.layer.index;

import dev.tare.layer.TreeOrder;

/** {@link TreeOrder} on paths as UTF-8 bytes, where order of bytes is order of code points. */
final class PathBytes {
  private PathBytes() {}

  static int compare(
      byte[] left, int leftFrom, int leftLength, byte[] right, int rightFrom, int rightLength) {
    int common = Math.min(leftLength, rightLength);
    for (int i = 0; i < common; i++) {
      byte a = left[leftFrom + i];
      byte b = right[rightFrom + i];
      if (a != b) {
        return rank(a) - rank(b);
      }
    }
    return leftLength - rightLength;
  }

  private static int rank(byte b) {
    return b == '/' ? -1 : b & 0xff;
  }
}
