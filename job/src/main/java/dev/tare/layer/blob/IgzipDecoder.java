package dev.tare.layer.blob;

import com.intel.gkl.compression.IntelInflater;
import org.jspecify.annotations.Nullable;

/**
 * Gzip by igzip.
 *
 * <p>gkl does not tell how much of its input it used, so each call gets a piece so small that the
 * output always has room for all of it. Where the piece is not used up all the same, the deflated
 * data ended in it, or in the up to eight bytes before it that igzip had read ahead. Where exactly
 * is found by looking for the trailer, whose eight bytes are known by then: CRC-32 and length of
 * what came out.
 */
public final class IgzipDecoder implements BlobDecoder {
  private static final int PIECE = 8 << 10;

  /** Deflate makes at most 258 bytes of two bits; igzip holds back up to 64 KiB. */
  private static final int ROOM = (PIECE + BlobInput.HISTORY) * 1032 + (64 << 10);

  private static final byte[] NOTHING = {};

  private final BlobInput input;
  private final GzipFraming framing;
  private final IntelInflater inflater = new IntelInflater(true);
  private byte[] output = BufferPool.take(ROOM);
  private int position;
  private int limit;
  private long fed;
  private boolean inMember;
  private boolean ended;

  public IgzipDecoder(BlobInput input) {
    this.input = input;
    this.framing = new GzipFraming(input);
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    while (position == limit) {
      if (!inMember) {
        inMember = !ended && framing.nextMember();
        if (!inMember) {
          ended = true;
          return -1;
        }
        inflater.reset();
        fed = 0;
      }
      inflatePiece();
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(output, position, target, offset, count);
    position += count;
    return count;
  }

  private void inflatePiece() {
    position = 0;
    limit = 0;
    input.request(PIECE + GzipFraming.TRAILER + GzipFraming.MAGIC);
    int piece = Math.min(PIECE, input.available());
    if (piece == 0) {
      // The blob is used up: then the read-ahead has swallowed the trailer.
      endMember(0);
      return;
    }
    inflater.setInput(input.array(), input.position(), piece);
    Igzip.clearFinished(inflater);
    try {
      limit = inflater.inflate(output, 0, ROOM);
    } catch (RuntimeException e) {
      throw framing.invalid(e);
    }
    if (limit == ROOM) {
      throw ScanFault.corrupt("gzip: deflated data expands more than deflate can");
    }
    framing.inflated(output, 0, limit);
    if (inflater.finished()) {
      input.consume(piece);
      fed += piece;
    } else {
      endMember(piece);
    }
  }

  /**
   * Finds the trailer from the start of the read-ahead up to the end of the piece. Where its bytes
   * fit in several places (those of an empty member are zeros), the place that a member or the end
   * of the blob follows is the right one.
   */
  private void endMember(int piece) {
    int last = Math.min(piece, input.available() - GzipFraming.TRAILER);
    int found = Integer.MAX_VALUE;
    for (int at = -(int) Math.min(BlobInput.HISTORY, fed); at <= last; at++) {
      if (framing.isTrailer(at)) {
        boolean followed = framing.isFollowed(at + GzipFraming.TRAILER);
        found = followed || found == Integer.MAX_VALUE ? at : found;
        if (followed) {
          break;
        }
      }
    }
    if (found == Integer.MAX_VALUE) {
      throw piece == 0 ? framing.truncated() : framing.mismatch();
    }
    input.consume(found);
    framing.endMember();
    inMember = false;
  }

  @Override
  public String compression() {
    return "gzip";
  }

  @Override
  public String inflater() {
    return "igzip";
  }

  @Override
  public @Nullable String remark() {
    return framing.remark();
  }

  @Override
  public void close() {
    inflater.end();
    BufferPool.giveBack(output);
    output = NOTHING;
    position = 0;
    limit = 0;
  }
}
