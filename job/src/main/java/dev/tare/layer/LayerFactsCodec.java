package dev.tare.layer;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.layer.LayerFacts.GapKind;
import dev.tare.layer.LayerFacts.LayerGap;
import dev.tare.layer.LayerFacts.Recognised;
import dev.tare.layer.index.ByteCursor;
import dev.tare.layer.index.ByteSink;
import dev.tare.layer.index.PackedIndex;
import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Layer facts as bytes for the store:
 *
 * <pre>
 * "TLF" · format · digest · diff ID or none · compressed, fetched, uncompressed bytes · compression
 * entries · index blocks · kept (path · length · deflated content)… · recognised (path · form ·
 * length · deflated content)… · gaps (kind · path · reason)… · readers (name · version)…
 * </pre>
 *
 * <p>The format says how the bytes are laid out, the readers what they mean.
 */
public final class LayerFactsCodec {
  private static final int FORMAT = 5;

  private LayerFactsCodec() {}

  /** The facts as bytes. The index must come from {@link LayerScanner} or {@link #fromBytes}. */
  public static byte[] toBytes(LayerFacts facts) {
    if (!(facts.index() instanceof PackedIndex index)) {
      throw new IllegalArgumentException("not an index of this package: " + facts.index());
    }
    ByteSink sink = new ByteSink(index.blocks().length + 4_096);
    for (char c : new char[] {'T', 'L', 'F', FORMAT}) {
      sink.octet(c);
    }
    sink.text(facts.digest().toString());
    Digest diffId = facts.diffId();
    sink.optional(diffId == null ? null : diffId.toString());
    sink.number(facts.compressedBytes());
    sink.number(facts.fetchedBytes());
    sink.number(facts.uncompressedBytes());
    sink.text(facts.compression());
    sink.number(index.size());
    sink.block(index.blocks());
    sink.number(facts.kept().size());
    for (Map.Entry<String, byte[]> kept : facts.kept().entrySet()) {
      sink.text(kept.getKey());
      sink.number(kept.getValue().length);
      sink.block(deflated(kept.getValue()));
    }
    sink.number(facts.recognised().size());
    facts
        .recognised()
        .forEach((path, recognised) -> {
          sink.text(path);
          sink.text(recognised.form());
          sink.number(recognised.content().length);
          sink.block(deflated(recognised.content()));
        });
    sink.number(facts.gaps().size());
    for (LayerGap gap : facts.gaps()) {
      sink.number(gap.kind().number());
      sink.text(gap.path());
      sink.text(gap.reason());
    }
    sink.number(facts.readers().versions().size());
    facts
        .readers()
        .versions()
        .forEach((name, version) -> {
          sink.text(name);
          sink.number(version);
        });
    return sink.toBytes();
  }

  /** The facts that these bytes were made of; BAD_CONTENT where they are truncated or older. */
  public static LayerFacts fromBytes(byte[] bytes) {
    ByteCursor cursor = new ByteCursor(bytes);
    if (cursor.octet() != 'T' || cursor.octet() != 'L' || cursor.octet() != 'F') {
      throw ByteCursor.malformed();
    }
    int format = cursor.octet();
    if (format != FORMAT) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          "stored layer facts: expected format " + FORMAT + ", found " + format,
          "Scan the layer again.");
    }
    Digest digest = Digest.parse(cursor.text());
    String diffId = cursor.optional();
    return new LayerFacts(
        digest,
        diffId == null ? null : Digest.parse(diffId),
        cursor.number(),
        cursor.number(),
        cursor.number(),
        cursor.text(),
        new PackedIndex(cursor.count(), cursor.block()),
        kept(cursor),
        recognised(cursor),
        gaps(cursor),
        readers(cursor));
  }

  private static Map<String, byte[]> kept(ByteCursor cursor) {
    Map<String, byte[]> kept = new TreeMap<>(TreeOrder.INSTANCE);
    for (int left = cursor.count(); left > 0; left--) {
      String path = cursor.text();
      int length = cursor.count();
      kept.put(path, inflated(cursor.block(), length));
    }
    return Collections.unmodifiableMap(kept);
  }

  private static Map<String, Recognised> recognised(ByteCursor cursor) {
    Map<String, Recognised> recognised = new TreeMap<>(TreeOrder.INSTANCE);
    for (int left = cursor.count(); left > 0; left--) {
      String path = cursor.text();
      String form = cursor.text();
      int length = cursor.count();
      recognised.put(path, new Recognised(form, inflated(cursor.block(), length)));
    }
    return Collections.unmodifiableMap(recognised);
  }

  private static List<LayerGap> gaps(ByteCursor cursor) {
    List<LayerGap> gaps = new ArrayList<>();
    for (int left = cursor.count(); left > 0; left--) {
      gaps.add(new LayerGap(kind(cursor.count()), cursor.text(), cursor.text()));
    }
    return List.copyOf(gaps);
  }

  private static GapKind kind(int number) {
    for (GapKind kind : GapKind.values()) {
      if (kind.number() == number) {
        return kind;
      }
    }
    throw ByteCursor.malformed();
  }

  private static LayerReaders readers(ByteCursor cursor) {
    Map<String, Integer> versions = new TreeMap<>();
    for (int left = cursor.count(); left > 0; left--) {
      versions.put(cursor.text(), cursor.count());
    }
    return new LayerReaders(versions);
  }

  private static byte[] deflated(byte[] content) {
    ByteSink sink = new ByteSink(content.length / 2 + 64);
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      byte[] piece = new byte[8 << 10];
      while (!deflater.finished()) {
        sink.raw(piece, 0, deflater.deflate(piece));
      }
    } finally {
      deflater.end();
    }
    return sink.toBytes();
  }

  private static byte[] inflated(byte[] deflated, int length) {
    byte[] content = new byte[length];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      for (int done = 0; done < length; ) {
        int count = inflater.inflate(content, done, length - done);
        if (count == 0) {
          throw ByteCursor.malformed();
        }
        done += count;
      }
    } catch (DataFormatException e) {
      throw ByteCursor.malformed();
    } finally {
      inflater.end();
    }
    return content;
  }
}
