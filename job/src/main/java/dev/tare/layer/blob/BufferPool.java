package dev.tare.layer.blob;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The output arrays of decoders that are closed, for the next ones: they are so large that a new
 * one for each layer would cost a full collection every few layers. The collector takes them where
 * memory is short.
 */
final class BufferPool {
  private static final Deque<SoftReference<byte[]>> SPARE = new ArrayDeque<>();

  private BufferPool() {}

  /** An array of this length with whatever content. */
  static byte[] take(int length) {
    synchronized (SPARE) {
      while (!SPARE.isEmpty()) {
        byte[] spare = SPARE.pop().get();
        if (spare != null && spare.length == length) {
          return spare;
        }
      }
    }
    return new byte[length];
  }

  /** Takes an array that its owner uses no more. */
  static void giveBack(byte[] room) {
    synchronized (SPARE) {
      SPARE.push(new SoftReference<>(room));
    }
  }
}
