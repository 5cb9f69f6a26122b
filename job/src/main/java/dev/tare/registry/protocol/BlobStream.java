package dev.tare.registry.protocol;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpAnswer;
import dev.tare.oci.Descriptor;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.Request;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blob, or a part of it, from its first byte to its last over as many connections as it takes,
 * within bounds. Reading throws a TareException of kind TRANSIENT when the connection is lost for
 * good. Not thread-safe.
 */
final class BlobStream extends InputStream {
  private static final Logger LOG = LoggerFactory.getLogger(BlobStream.class);
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes\\s+(\\d{1,18})-\\d{1,18}/.*", Pattern.CASE_INSENSITIVE);

  private final RegistryCaller caller;
  private final LongFunction<Request> asking;

  private HttpAnswer response;
  private InputStream stream;
  private final long endBytes;
  private long offsetBytes;
  private int resumed;
  private boolean closed;

  private BlobStream(
      RegistryCaller caller,
      LongFunction<Request> asking,
      HttpAnswer response,
      long offsetBytes,
      long endBytes) {
    this.caller = caller;
    this.asking = asking;
    this.response = response;
    this.stream = InputStream.nullInputStream();
    this.offsetBytes = offsetBytes;
    this.endBytes = endBytes;
    try {
      this.stream = response.stream();
    } catch (IOException e) {
      resume(e);
    }
  }

  /**
   * The whole of a blob. It ends where the registry says, else where its descriptor says; throws
   * where the registry does not have it.
   */
  static InputStream whole(
      RegistryCaller caller, RegistryHost host, String repository, Descriptor blob) {
    LongFunction<Request> asking = from -> new BlobGet(host, repository, blob.digest(), from);
    HttpAnswer response = caller.open(asking.apply(0));
    long stated = response.contentLength();
    return new BlobStream(caller, asking, response, 0, stated >= 0 ? stated : blob.sizeBytes());
  }

  /** A part of a blob; empty where the registry answers with another part, or all of it. */
  static Optional<InputStream> part(RegistryCaller caller, BlobPartGet request) {
    HttpAnswer response = caller.open(request);
    if (!request.isAnsweredBy(response)) {
      response.close();
      return Optional.empty();
    }
    InputStream part =
        new BlobStream(caller, request::from, response, request.offsetBytes(), request.endBytes());
    return Optional.of(new BoundedStream(part, request.lengthBytes()));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException(asking.apply(offsetBytes).action() + ": the stream is closed");
    }
    if (length == 0) {
      return 0;
    }
    while (true) {
      try {
        int count = stream.read(buffer, offset, length);
        if (count > 0) {
          offsetBytes += count;
          return count;
        }
        if (offsetBytes >= endBytes) {
          return -1;
        }
        // Without Content-Length a lost connection looks like the end.
        resume(new IOException("ended after " + offsetBytes + " of " + endBytes + " bytes"));
      } catch (IOException e) {
        resume(e);
      }
    }
  }

  private void resume(IOException cause) {
    TareException lost =
        new TareException(
            FailureKind.TRANSIENT,
            asking.apply(offsetBytes).action()
                + ": the connection was lost after "
                + offsetBytes
                + " of "
                + endBytes
                + " bytes: "
                + cause.getMessage(),
            null,
            cause);
    response.close();
    caller.pause(resumed, lost);
    resumed++;
    LOG.atDebug()
        .addKeyValue("request", asking.apply(offsetBytes).action())
        .addKeyValue("offsetBytes", offsetBytes)
        .log("Blob is resumed");
    response = caller.open(asking.apply(offsetBytes));
    try {
      stream = response.stream();
      skipWhatIsThere();
    } catch (IOException e) {
      resume(e);
    }
  }

  /** A registry may send the whole blob again, or a part that begins elsewhere. */
  private void skipWhatIsThere() throws IOException {
    long begin = response.status() == 206 ? begin(response.header("Content-Range")) : 0;
    if (begin > offsetBytes) {
      throw new IOException("asked from byte " + offsetBytes + ", sent from byte " + begin);
    }
    stream.skipNBytes(offsetBytes - begin);
  }

  private long begin(@Nullable String contentRange) {
    Matcher range = CONTENT_RANGE.matcher(contentRange == null ? "" : contentRange);
    return range.matches() ? Long.parseLong(range.group(1)) : offsetBytes;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      response.close();
    }
  }
}
