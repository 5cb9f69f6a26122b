package dev.tare.layer;

import dev.tare.oci.Digest;
import java.util.List;
import java.util.Map;

/**
 * All that is kept of one layer.
 *
 * @param digest of the blob, verified
 * @param diffId of the uncompressed tar, computed
 * @param compressedBytes of the blob
 * @param uncompressedBytes of the tar
 * @param compression {@code gzip}, {@code zstd} or {@code none}, by content
 * @param kept content that {@link ContentInterest} asked for, by path
 * @param gaps what could not be measured
 */
public record LayerFacts(
    Digest digest,
    Digest diffId,
    long compressedBytes,
    long uncompressedBytes,
    String compression,
    LayerIndex index,
    Map<String, byte[]> kept,
    List<LayerGap> gaps) {

  /**
   * Something of a layer that could not be measured.
   *
   * @param path normalised path, or empty for the layer as a whole
   */
  public record LayerGap(String path, String reason) {}
}
