package dev.tare.oci;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Identifies a stack of layers: equal chain IDs mean equal file systems, so one image's chain ID
 * among another's names an ancestor.
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid">Layer
 *     ChainID</a>
 */
public final class ChainId {
  private ChainId() {}

  /**
   * The chain ID of each prefix of these diff IDs (root layer first): element i covers the layers 0
   * to i.
   */
  public static List<Digest> ofEachPrefix(List<Digest> diffIds) {
    List<Digest> chain = new ArrayList<>(diffIds.size());
    for (Digest diffId : diffIds) {
      chain.add(
          chain.isEmpty()
              ? diffId
              : Digest.sha256((chain.getLast() + " " + diffId).getBytes(StandardCharsets.UTF_8)));
    }
    return chain;
  }
}
