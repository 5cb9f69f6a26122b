package dev.tare.layer;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.layer.blob.BlobDecoder;
import dev.tare.layer.blob.BlobInput;
import dev.tare.layer.blob.Igzip;
import dev.tare.layer.blob.IgzipDecoder;
import dev.tare.layer.blob.JdkGzipDecoder;
import dev.tare.layer.blob.PlainDecoder;
import dev.tare.layer.blob.ScanFault;
import dev.tare.layer.blob.ZstdDecoder;
import dev.tare.layer.tar.LayerContents;
import dev.tare.layer.tar.TarStream;
import dev.tare.layer.tar.TarWalk;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a layer blob once, as a stream: verifies size and digest, decompresses by what the content
 * is, hashes the tar, walks it and keeps an index of it. Nothing is written to disk; memory is
 * bounded by the {@link LayerLimits}. Safe for concurrent use.
 */
public final class LayerScanner {
  /** Changes whenever the same blob would give other facts: stored facts are then made again. */
  public static final int VERSION = 5;

  /** Below this much compressed data the native decoder's buffers cost more than it saves. */
  private static final long WORTH_IGZIP = 256 << 10;

  private final ContentInterest interest;
  private final LayerLimits limits;
  private final ContentMemory memory;
  private final Set<String> inflaters = ConcurrentHashMap.newKeySet();

  /** A scanner by itself, with memory of its own. */
  public LayerScanner(ContentInterest interest, LayerLimits limits) {
    this(interest, limits, ContentMemory.ofHeap());
  }

  /**
   * A scanner that keeps the content {@code interest} asks for, gives up at {@code limits} and
   * shares {@code memory} with others.
   */
  public LayerScanner(ContentInterest interest, LayerLimits limits, ContentMemory memory) {
    this.interest = interest;
    this.limits = limits;
    this.memory = memory;
  }

  /** One that keeps something else, within the same limits and memory. */
  public LayerScanner keeping(ContentInterest other) {
    return new LayerScanner(other, limits, memory);
  }

  /**
   * What has inflated gzip so far: {@code JDK}, and {@code igzip} for large layers where it runs.
   */
  public Set<String> inflaters() {
    return Set.copyOf(inflaters);
  }

  /**
   * Reads the blob to its end; the caller closes it.
   *
   * @throws TareException of kind BAD_CONTENT where the blob is not what the descriptor or its own
   *     format says, LIMIT where it exceeds a limit, TRANSIENT where the stream fails. Where
   *     content is malformed and the digest does not match either, the message tells both.
   */
  public LayerFacts scan(InputStream blob, Descriptor layer) {
    BlobInput input = new BlobInput(blob, layer);
    try {
      return scan(input, layer);
    } catch (ScanFault fault) {
      throw failure(layer, input, fault);
    }
  }

  private LayerFacts scan(BlobInput input, Descriptor layer) {
    LayerContents contents = new LayerContents(limits);
    try (BlobDecoder decoder = decoder(input, layer)) {
      TarStream tar = new TarStream(input, decoder, limits);
      new TarWalk(tar, limits, interest, contents, memory).run();
      Digest diffId = tar.finish();
      input.verify();
      String inflater = decoder.inflater();
      if (inflater != null) {
        inflaters.add(inflater);
      }
      @Nullable String remark = decoder.remark();
      if (remark != null) {
        contents.remark(remark);
      }
      LayerIndex index = contents.index();
      return new LayerFacts(
          layer.digest(),
          diffId,
          layer.sizeBytes(),
          layer.sizeBytes(),
          tar.decoded(),
          decoder.compression(),
          index,
          contents.kept(),
          contents.recognised(),
          contents.gaps(),
          LayerReaders.of(interest, index));
    }
  }

  private static BlobDecoder decoder(BlobInput input, Descriptor layer) {
    input.request(6);
    if (begins(input, 0x1f, 0x8b)) {
      return layer.sizeBytes() >= WORTH_IGZIP && Igzip.isAvailable()
          ? new IgzipDecoder(input)
          : new JdkGzipDecoder(input);
    }
    if (begins(input, 0x28, 0xb5, 0x2f, 0xfd) || beginsWithSkippableFrame(input)) {
      return new ZstdDecoder(input);
    }
    if (begins(input, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      throw ScanFault.corrupt("compressed by xz: expected gzip, zstd or none");
    }
    if (begins(input, 'B', 'Z', 'h')) {
      throw ScanFault.corrupt("compressed by bzip2: expected gzip, zstd or none");
    }
    return new PlainDecoder(input);
  }

  /** zstd lets any content stand in a frame of its own whose magic has a free last digit. */
  private static boolean beginsWithSkippableFrame(BlobInput input) {
    return input.available() >= 4
        && (input.peek(0) & 0xf0) == 0x50
        && input.peek(1) == 0x2a
        && input.peek(2) == 0x4d
        && input.peek(3) == 0x18;
  }

  private static boolean begins(BlobInput input, int... magic) {
    if (input.available() < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (input.peek(i) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Malformed content is mostly damaged content: reads on to tell by the digest which it is. */
  private static TareException failure(Descriptor layer, BlobInput input, ScanFault fault) {
    String message = "layer " + layer.digest() + ": " + fault.reason();
    ScanFault cause = fault;
    if (fault.kind() == FailureKind.BAD_CONTENT) {
      try {
        input.verify();
      } catch (ScanFault second) {
        if (!second.reason().equals(fault.reason())) {
          message += "; " + second.reason();
        }
        if (second.kind() != fault.kind()) {
          cause = second;
        }
      }
    }
    return new TareException(cause.kind(), message, cause.hint(), fault);
  }
}
