package dev.tare.layer.tar;

import static dev.tare.layer.blob.ScanFault.number;

import dev.tare.layer.ContentReader;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.blob.BlobDecoder;
import dev.tare.layer.blob.BlobInput;
import dev.tare.layer.blob.ScanFault;
import dev.tare.oci.Digest;
import java.security.MessageDigest;

/** The uncompressed tar: buffered, counted and hashed as it is decoded, within the limits. */
public final class TarStream implements TarSource {
  private static final int CAPACITY = 256 << 10;

  private final BlobInput blob;
  private final BlobDecoder decoder;
  private final LayerLimits limits;
  private final MessageDigest hash;
  private final byte[] buffer = new byte[CAPACITY];
  private int position;
  private int limit;
  private long decoded;
  private boolean ended;

  public TarStream(BlobInput blob, BlobDecoder decoder, LayerLimits limits) {
    this.blob = blob;
    this.decoder = decoder;
    this.limits = limits;
    this.hash = Digest.sha256(new byte[0]).newMessageDigest();
  }

  @Override
  public byte[] array() {
    return buffer;
  }

  /** Bytes decoded so far. */
  public long decoded() {
    return decoded;
  }

  @Override
  public int nextBlock() {
    while (limit - position < BLOCK && !ended) {
      fill();
    }
    int available = limit - position;
    if (available == 0) {
      return -1;
    }
    if (available < BLOCK) {
      throw ScanFault.corrupt(
          "expected a tar header of 512 bytes, stream ended at " + number(available));
    }
    position += BLOCK;
    return position - BLOCK;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    int done = 0;
    while (done < length && hasMore()) {
      int count = Math.min(length - done, limit - position);
      System.arraycopy(buffer, position, target, offset + done, count);
      position += count;
      done += count;
    }
    return done;
  }

  @Override
  public long pass(long length, ContentReader reader) {
    long done = 0;
    while (done < length && hasMore()) {
      int count = (int) Math.min(length - done, limit - position);
      reader.read(buffer, position, count);
      position += count;
      done += count;
    }
    return done;
  }

  @Override
  public long skip(long length) {
    long done = 0;
    while (done < length && hasMore()) {
      int count = (int) Math.min(length - done, limit - position);
      position += count;
      done += count;
    }
    return done;
  }

  /** Decodes the rest and gives the hash of all of it. */
  public Digest finish() {
    while (hasMore()) {
      position = limit;
    }
    return new Digest("sha256", "0".repeat(64)).withHash(hash.digest());
  }

  private boolean hasMore() {
    while (position == limit && !ended) {
      fill();
    }
    return position < limit;
  }

  private void fill() {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    int count = decoder.read(buffer, limit, CAPACITY - limit);
    if (count < 0) {
      ended = true;
      return;
    }
    hash.update(buffer, limit, count);
    limit += count;
    decoded += count;
    if (decoded > limits.maximumUncompressedBytes()) {
      throw ScanFault.limit(
          "uncompressed bytes",
          limits.maximumUncompressedBytes(),
          "tare.limits.maximum-uncompressed-bytes");
    }
    if (decoded > limits.expansionFloorBytes()
        && decoded / limits.maximumExpansion() > blob.received()) {
      throw ScanFault.limit(
          "uncompressed bytes for each compressed byte ("
              + number(decoded)
              + " for "
              + number(blob.received())
              + ")",
          limits.maximumExpansion(),
          "tare.limits.maximum-expansion");
    }
  }
}
