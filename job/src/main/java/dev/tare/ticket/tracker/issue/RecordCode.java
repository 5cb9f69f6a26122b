package dev.tare.ticket.tracker.issue;

import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.tracker.file.TicketFrontMatter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A {@link TicketRecord} as one word: its front matter, deflated, in Base64. */
final class RecordCode {
  private static final int CHUNK_BYTES = 8 * 1024;
  private static final int LONGEST_BYTES = 1 << 21;

  private RecordCode() {}

  static String encode(TicketRecord record) {
    byte[] text = TicketFrontMatter.write(record).getBytes(StandardCharsets.UTF_8);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setInput(text);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      while (!deflater.finished()) {
        packed.write(chunk, 0, deflater.deflate(chunk));
      }
      return Base64.getEncoder().encodeToString(packed.toByteArray());
    } finally {
      deflater.end();
    }
  }

  /** Throws an IllegalArgumentException that names what is wrong. */
  static TicketRecord decode(String code) {
    byte[] packed;
    try {
      packed = Base64.getDecoder().decode(code);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Tare's hidden line is damaged: it is not Base64", e);
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      while (!inflater.finished()) {
        int count = inflater.inflate(chunk);
        if (count == 0 && !inflater.finished()) {
          throw new IllegalArgumentException("Tare's hidden line is damaged: it is cut");
        }
        text.write(chunk, 0, count);
        if (text.size() > LONGEST_BYTES) {
          throw new IllegalArgumentException(
              "Tare's hidden line holds more than " + LONGEST_BYTES + " bytes");
        }
      }
      return TicketFrontMatter.read(text.toString(StandardCharsets.UTF_8));
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("Tare's hidden line is damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
