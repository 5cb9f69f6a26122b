package dev.tare.inspect.packages.java;

import org.jspecify.annotations.Nullable;

/** Takes the entries of a zip file, in the order in which {@link ZipStream} passes by them. */
interface ZipEntries {
  /** Takes the content of one entry. */
  interface Content {
    /** The next bytes; the array is reused after the call. */
    void read(byte[] bytes, int offset, int length);

    /** All of it was read. */
    void end();
  }

  /** Who takes the content of the entry of this name that begins now; null where nobody does. */
  @Nullable Content content(String name);

  /** The content of the entry that began last cannot be read to its end. */
  void unreadable(String name, String why);

  /** The directory at the end of the file, which says what counts, has an entry of this name. */
  void listed(String name);

  /** What was listed so far counts no more: something follows that directory. */
  void beginAgain();
}
