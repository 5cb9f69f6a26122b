package dev.tare.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A tar in the ustar format, in memory, byte for byte the same each time. jib's own layers know
 * files and directories only; a base image has links too.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">ustar</a>
 */
final class SampleTar {
  private static final int BLOCK_BYTES = 512;
  private static final long MODIFIED_EPOCH_SECONDS = 1_718_000_000;

  private record Entry(String path, int mode, char type, String link, byte[] content) {}

  private final List<Entry> entries = new ArrayList<>();

  SampleTar directory(String path) {
    entries.add(new Entry(path + "/", 0755, '5', "", new byte[0]));
    return this;
  }

  SampleTar file(String path, int mode, byte[] content) {
    entries.add(new Entry(path, mode, '0', "", content));
    return this;
  }

  SampleTar file(String path, String text) {
    return file(path, 0644, text.getBytes(StandardCharsets.UTF_8));
  }

  SampleTar link(String path, String target) {
    entries.add(new Entry(path, 0777, '2', target, new byte[0]));
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    try {
      for (Entry entry : entries) {
        write(tar, entry);
      }
      tar.write(new byte[2 * BLOCK_BYTES]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tar.toByteArray();
  }

  private static void write(OutputStream tar, Entry entry) throws IOException {
    byte[] header = new byte[BLOCK_BYTES];
    put(header, 0, 100, entry.path());
    octal(header, 100, 8, entry.mode());
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    octal(header, 124, 12, entry.content().length);
    octal(header, 136, 12, MODIFIED_EPOCH_SECONDS);
    header[156] = (byte) entry.type();
    put(header, 157, 100, entry.link());
    put(header, 257, 8, "ustar\00000");
    // The checksum is computed with its own field blank.
    put(header, 148, 8, "        ");
    int sum = 0;
    for (byte one : header) {
      sum += one & 0xff;
    }
    octal(header, 148, 7, sum);
    tar.write(header);
    tar.write(entry.content());
    tar.write(new byte[(BLOCK_BYTES - entry.content().length % BLOCK_BYTES) % BLOCK_BYTES]);
  }

  private static void put(byte[] header, int offset, int length, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > length) {
      throw new IllegalArgumentException(text + ": longer than " + length + " bytes");
    }
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  private static void octal(byte[] header, int offset, int length, long value) {
    put(header, offset, length, String.format(Locale.ROOT, "%0" + (length - 1) + "o", value));
    header[offset + length - 1] = 0;
  }
}
