package dev.tare.layer;

import dev.tare.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one layer.
 *
 * @param digest of the blob, verified where all of it was read
 * @param diffId of the uncompressed tar, computed; null where only parts of the blob were read
 * @param compressedBytes of the blob
 * @param fetchedBytes of the blob that were read: all of them, or the parts that the facts need
 * @param uncompressedBytes of the tar
 * @param compression {@code gzip}, {@code zstd} or {@code none}, by content
 * @param kept content that {@link ContentInterest} wants, by path
 * @param recognised content that it recognises, by path: nobody reads it but through links
 * @param gaps what could not be measured
 * @param readers who kept it
 */
public record LayerFacts(
    Digest digest,
    @Nullable Digest diffId,
    long compressedBytes,
    long fetchedBytes,
    long uncompressedBytes,
    String compression,
    LayerIndex index,
    Map<String, byte[]> kept,
    Map<String, Recognised> recognised,
    List<LayerGap> gaps,
    LayerReaders readers) {

  /** The same with what was read of further files, in place of what was recognised of them. */
  public LayerFacts with(Map<String, Recognised> more) {
    Map<String, Recognised> all = new TreeMap<>(TreeOrder.INSTANCE);
    all.putAll(recognised);
    all.putAll(more);
    return new LayerFacts(
        digest,
        diffId,
        compressedBytes,
        fetchedBytes,
        uncompressedBytes,
        compression,
        index,
        kept,
        Collections.unmodifiableMap(all),
        gaps,
        readers);
  }

  /** The same with other content of some of the files that were kept or recognised. */
  public LayerFacts withContents(Map<String, byte[]> changed) {
    Map<String, byte[]> contents = new TreeMap<>(TreeOrder.INSTANCE);
    contents.putAll(kept);
    Map<String, Recognised> others = new TreeMap<>(TreeOrder.INSTANCE);
    others.putAll(recognised);
    changed.forEach((path, content) -> {
      contents.computeIfPresent(path, (same, before) -> content);
      others.computeIfPresent(path, (same, before) -> new Recognised(before.form(), content));
    });
    return new LayerFacts(
        digest,
        diffId,
        compressedBytes,
        fetchedBytes,
        uncompressedBytes,
        compression,
        index,
        Collections.unmodifiableMap(contents),
        Collections.unmodifiableMap(others),
        gaps,
        readers);
  }

  /** Whether only parts of the blob were read, by its table of contents. */
  public boolean isPartial() {
    return diffId == null;
  }

  /**
   * What a file was reduced to that is not wanted at the path it has.
   *
   * @param form of {@link ContentInterest.Extraction}; empty for one that cannot be read
   * @param content may be empty: then the file has nothing of what is looked for; why it cannot be
   *     read, as text
   */
  public record Recognised(String form, byte[] content) {
    /** Of a file that was asked for and cannot be read, now or later. */
    public static Recognised unreadable(String reason) {
      return new Recognised("", reason.getBytes(StandardCharsets.UTF_8));
    }

    /** Why it cannot be read; null where it was. */
    public @Nullable String whyNot() {
      return form.isEmpty() ? new String(content, StandardCharsets.UTF_8) : null;
    }
  }

  /**
   * Something of a layer that could not be measured.
   *
   * @param path normalised path, or empty for the layer as a whole
   */
  public record LayerGap(GapKind kind, String path, String reason) {}

  /** What is missing by a gap. */
  public enum GapKind {
    /** Nothing: a remark about the layer as a whole. */
    REMARK(0),
    /** An entry, or what was wanted of its content. */
    ENTRY(1),
    /** The capabilities of a file that is otherwise known. */
    CAPABILITIES(2),
    /** More entries than are named one by one. */
    MORE_ENTRIES(3),
    /** The diff ID: not all of the layer was read. */
    DIFF_ID(4);

    private final int number;

    GapKind(int number) {
      this.number = number;
    }

    /** What stands for it in stored bytes. */
    int number() {
      return number;
    }
  }
}
