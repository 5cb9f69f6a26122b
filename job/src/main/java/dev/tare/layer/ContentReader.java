package dev.tare.layer;

/**
 * Reads the content of one file as the layer streams by. Used by one thread; nothing is said to it
 * when the layer ends before the file does.
 */
public interface ContentReader {
  /** The next bytes; the array is reused after the call. Must not throw, whatever they are. */
  void read(byte[] bytes, int offset, int length);

  /** What to keep of the file, after all of it was read. Must not throw. */
  byte[] kept();
}
