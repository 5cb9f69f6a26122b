package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.jspecify.annotations.Nullable;

/** An answer whose body is still on the wire. Whoever has it closes it. Not thread-safe. */
public final class HttpAnswer implements Closeable {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final URI uri;
  private final ClassicHttpResponse response;
  private final Runnable dropping;
  private final MinimumRate rate;
  private @Nullable MeteredStream stream;

  /**
   * An answer to a request.
   *
   * @param dropping drops the connection, unless the body was read to its end
   */
  HttpAnswer(URI uri, ClassicHttpResponse response, Runnable dropping, MinimumRate rate) {
    this.uri = uri;
    this.response = response;
    this.dropping = dropping;
    this.rate = rate;
  }

  /** What was asked; behind redirects the last of them. */
  public URI uri() {
    return uri;
  }

  public int status() {
    return response.getCode();
  }

  public boolean isSuccess() {
    return status() >= 200 && status() < 300;
  }

  /** Whether it names another address to ask. */
  public boolean isRedirect() {
    return switch (status()) {
      case 301, 302, 303, 307, 308 -> header("Location") != null;
      default -> false;
    };
  }

  /** The first header of this name. */
  @Nullable
  public String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  /** The values of all headers of this name. */
  public List<String> headers(String name) {
    return Arrays.stream(response.getHeaders(name)).map(NameValuePair::getValue).toList();
  }

  /** What the header says, -1 where it is missing or not a number of bytes. */
  public long contentLength() {
    String value = header("Content-Length");
    if (value == null || !value.matches("\\d{1,18}")) {
      return -1;
    }
    return Long.parseLong(value);
  }

  /** The media type without its parameters, null where the header is missing. */
  @Nullable
  public String mediaType() {
    String value = header("Content-Type");
    return value == null ? null : value.split(";", 2)[0].strip();
  }

  /**
   * The body; empty where there is none. Reading it throws a {@link SlowTransferException} where
   * the minimum rate is not kept. Closing the answer ends it.
   */
  public InputStream stream() throws IOException {
    if (stream == null) {
      HttpEntity entity = response.getEntity();
      InputStream content = entity == null ? null : entity.getContent();
      stream =
          entity == null || content == null
              ? new MeteredStream(InputStream.nullInputStream(), 0, rate)
              : new MeteredStream(content, entity.getContentLength(), rate);
    }
    return stream;
  }

  /** The whole body; throws LIMIT where it is longer than this, before it is read if it says so. */
  public byte[] body(String action, String what, int limitBytes) throws IOException {
    if (contentLength() <= limitBytes) {
      byte[] body = upTo(limitBytes + 1);
      if (body.length <= limitBytes) {
        return body;
      }
    }
    throw new TareException(
        FailureKind.LIMIT, action + ": " + what + " is longer than " + limitBytes + " bytes");
  }

  /** The body's beginning. */
  public byte[] upTo(int limitBytes) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    InputStream body = stream();
    while (read.size() < limitBytes) {
      int count = body.read(chunk, 0, Math.min(chunk.length, limitBytes - read.size()));
      if (count < 0) {
        break;
      }
      read.write(chunk, 0, count);
    }
    return read.toByteArray();
  }

  /**
   * Gives the connection back where the body was read to its end, or the rest of it is here
   * already, else drops it: the rest of a blob costs more than a new connection, and that of a body
   * that was refused may never end. The response's own close would read it.
   */
  @Override
  public void close() {
    try {
      stream();
      if (stream != null) {
        stream.finish();
      }
    } catch (IOException | IllegalStateException e) {
      // The connection is of no use any more, and is dropped.
    } finally {
      dropping.run();
    }
  }
}
