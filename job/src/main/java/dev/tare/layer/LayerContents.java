package dev.tare.layer;

import dev.tare.layer.LayerFacts.LayerGap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a walk collects. Later entries replace earlier ones of the same path, as unpacking does. */
final class LayerContents {
  /** Gaps named one by one; a hostile layer could have a gap an entry. */
  private static final int MAXIMUM_GAPS = 1_000;

  private final LayerLimits limits;
  private final IndexBuilder index = new IndexBuilder();
  private final TreeMap<String, byte[]> kept = new TreeMap<>(TreeOrder.INSTANCE);
  private final List<LayerGap> gaps = new ArrayList<>();
  private long keptBytes;
  private int moreGaps;

  LayerContents(LayerLimits limits) {
    this.limits = limits;
  }

  void add(LayerEntry entry) {
    index.add(entry);
    if (entry.type() != EntryType.WHITEOUT && entry.type() != EntryType.OPAQUE) {
      forget(entry.path());
      if (entry.type() != EntryType.DIRECTORY) {
        forgetBelow(entry.path() + "/");
      }
    }
  }

  /** Keeps what a file was reduced to; nothing where that is nothing. */
  void keep(String path, byte[] content) {
    if (content.length == 0) {
      return;
    }
    if (keptBytes + content.length > limits.maximumKeptBytes()) {
      gap(
          path,
          "not kept: of one layer no more than "
              + ScanFault.number(limits.maximumKeptBytes())
              + " bytes (tare.limits.maximum-kept-bytes)");
      return;
    }
    keptBytes += content.length;
    kept.put(path, content);
  }

  void gap(String path, String reason) {
    if (gaps.size() < MAXIMUM_GAPS) {
      gaps.add(new LayerGap(path, reason));
    } else {
      moreGaps++;
    }
  }

  LayerIndex index() {
    return index.build();
  }

  Map<String, byte[]> kept() {
    return Collections.unmodifiableMap(kept);
  }

  List<LayerGap> gaps() {
    if (moreGaps > 0) {
      gaps.add(new LayerGap("", ScanFault.number(moreGaps) + " more entries with gaps"));
      moreGaps = 0;
    }
    return List.copyOf(gaps);
  }

  private void forget(String path) {
    byte[] content = kept.remove(path);
    if (content != null) {
      keptBytes -= content.length;
    }
  }

  private void forgetBelow(String prefix) {
    String next = kept.ceilingKey(prefix);
    while (next != null && next.startsWith(prefix)) {
      forget(next);
      next = kept.ceilingKey(prefix);
    }
  }
}
