package dev.tare.registry.engine;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to one HTTP/1.1 request of a connection that serves no other: its status, and its body
 * as a stream whatever frames it. Closing it closes the connection.
 *
 * <pre>
 * HTTP/1.1 200 OK
 * Content-Type: application/x-tar
 * Transfer-Encoding: chunked
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
final class EngineAnswer extends InputStream {
  private static final int LONGEST_LINE = 8 << 10;
  private static final int MOST_HEADERS = 200;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,15})\\s*(?:;.*)?");

  private final InputStream in;
  private final int status;

  /** Of the body, or of the chunk that is being read; negative where the connection's end is it. */
  private long left = -1;

  private boolean chunked;
  private boolean ended;

  /** Reads status and headers. */
  EngineAnswer(InputStream in) throws IOException {
    this.in = in;
    Matcher first = STATUS.matcher(line());
    if (!first.matches()) {
      throw new IOException("it does not answer by HTTP");
    }
    status = Integer.parseInt(first.group(1));
    for (String header : headers()) {
      take(header);
    }
    if (chunked) {
      left = 0;
    }
  }

  /** The lines up to the empty one. */
  private List<String> headers() throws IOException {
    List<String> headers = new ArrayList<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (headers.size() == MOST_HEADERS) {
        throw new IOException("more than " + MOST_HEADERS + " headers");
      }
      headers.add(header);
    }
    return headers;
  }

  private void take(String header) throws IOException {
    int colon = header.indexOf(':');
    String name = header.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
    String value = header.substring(colon + 1).strip();
    if (name.equals("transfer-encoding")) {
      if (!value.equalsIgnoreCase("chunked")) {
        throw new IOException("it answers with transfer encoding " + value);
      }
      chunked = true;
    } else if (name.equals("content-length")) {
      if (!LENGTH.matcher(value).matches()) {
        throw new IOException("it answers with content length " + value);
      }
      left = Long.parseLong(value);
    }
  }

  int status() {
    return status;
  }

  /** Whether there is more of the body. */
  private boolean hasMore() throws IOException {
    if (chunked && left == 0 && !ended) {
      left = chunk();
      if (left == 0) {
        headers(); // Those that follow the last chunk.
        ended = true;
      }
    }
    return left != 0;
  }

  private long chunk() throws IOException {
    Matcher size = CHUNK.matcher(line());
    if (!size.matches()) {
      throw new IOException("it answers with a malformed chunk");
    }
    return Long.parseLong(size.group(1), 16);
  }

  private void passed(long count) throws IOException {
    if (left < 0) {
      return;
    }
    left -= count;
    if (chunked && left == 0 && !line().isEmpty()) {
      throw new IOException("it answers with a malformed chunk");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = in.read(bytes, offset, left < 0 ? length : (int) Math.min(length, left));
    if (count < 0 && left > 0) {
      throw cutOff();
    }
    passed(Math.max(0, count));
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    if (count <= 0 || !hasMore()) {
      return 0;
    }
    long skipped = in.skip(left < 0 ? count : Math.min(count, left));
    passed(skipped);
    return skipped;
  }

  /** Up to the end of the line, without that. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw cutOff();
      }
      if (line.size() == LONGEST_LINE) {
        throw new IOException(
            "it does not answer by HTTP: a line of more than " + LONGEST_LINE + " bytes");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static EOFException cutOff() {
    return new EOFException("the connection ended before the answer did");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
