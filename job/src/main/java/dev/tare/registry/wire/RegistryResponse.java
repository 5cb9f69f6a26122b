package dev.tare.registry.wire;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** An answer of a registry whose body is still on the wire. Whoever has it closes it. */
public final class RegistryResponse implements Closeable {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final ClassicHttpResponse response;
  private final Runnable dropping;

  /**
   * An answer to a request.
   *
   * @param dropping drops the connection, unless the body was read to its end
   */
  RegistryResponse(ClassicHttpResponse response, Runnable dropping) {
    this.response = response;
    this.dropping = dropping;
  }

  public int status() {
    return response.getCode();
  }

  public boolean isSuccess() {
    return status() >= 200 && status() < 300;
  }

  /** The first header of this name. */
  @Nullable
  public String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  /** All headers of this name. */
  public Header[] headers(String name) {
    return response.getHeaders(name);
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

  /** The body; empty where there is none. Closing the response ends it. */
  public InputStream stream() throws IOException {
    HttpEntity entity = response.getEntity();
    InputStream content = entity == null ? null : entity.getContent();
    return content == null ? InputStream.nullInputStream() : content;
  }

  /** The whole body; throws LIMIT where it is longer than this. */
  public byte[] body(String action, String what, int limitBytes) throws IOException {
    byte[] body = upTo(limitBytes + 1);
    if (body.length > limitBytes) {
      throw new TareException(
          FailureKind.LIMIT, action + ": " + what + " is longer than " + limitBytes + " bytes");
    }
    return body;
  }

  /** The body's beginning. */
  byte[] upTo(int limitBytes) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    InputStream stream = stream();
    while (read.size() < limitBytes) {
      int count = stream.read(chunk, 0, Math.min(chunk.length, limitBytes - read.size()));
      if (count < 0) {
        break;
      }
      read.write(chunk, 0, count);
    }
    return read.toByteArray();
  }

  /**
   * Gives the connection back where the body was read to its end, else drops it: the rest of a blob
   * costs more than a new connection, and that of a body that was refused may never end. The
   * response's own close would read it.
   */
  @Override
  public void close() {
    dropping.run();
  }
}
