package dev.tare.layer.blob;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Gzip by the JDK's zlib: everywhere available, and cheap to set up for small blobs. */
public final class JdkGzipDecoder implements BlobDecoder {
  private final BlobInput input;
  private final GzipFraming framing;
  private final Inflater inflater = new Inflater(true);
  private boolean inMember;
  private boolean ended;

  public JdkGzipDecoder(BlobInput input) {
    this.input = input;
    this.framing = new GzipFraming(input);
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    while (!ended) {
      if (!inMember) {
        inMember = framing.nextMember();
        ended = !inMember;
        inflater.reset();
      } else if (inflater.finished()) {
        input.unread(inflater.getRemaining());
        framing.endMember();
        inMember = false;
      } else {
        int count = inflate(target, offset, length);
        if (count > 0) {
          return count;
        }
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int offset, int length) {
    if (inflater.needsInput()) {
      if (!input.request(1)) {
        throw framing.truncated();
      }
      inflater.setInput(input.array(), input.position(), input.available());
      input.consume(input.available());
    }
    try {
      int count = inflater.inflate(target, offset, length);
      if (count == 0 && inflater.needsDictionary()) {
        throw ScanFault.corrupt("gzip: deflated data asks for a dictionary");
      }
      framing.inflated(target, offset, count);
      return count;
    } catch (DataFormatException e) {
      throw framing.invalid(e);
    }
  }

  @Override
  public String compression() {
    return "gzip";
  }

  @Override
  public String inflater() {
    return "JDK";
  }

  @Override
  public @Nullable String remark() {
    return framing.remark();
  }

  @Override
  public void close() {
    inflater.end();
  }
}
