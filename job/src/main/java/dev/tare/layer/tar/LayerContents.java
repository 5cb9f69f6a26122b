package dev.tare.layer.tar;

import dev.tare.layer.EntryType;
import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerFacts.GapKind;
import dev.tare.layer.LayerFacts.LayerGap;
import dev.tare.layer.LayerFacts.Recognised;
import dev.tare.layer.LayerIndex;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.TreeOrder;
import dev.tare.layer.blob.ScanFault;
import dev.tare.layer.index.IndexBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** What a walk collects. Later entries replace earlier ones of the same path, as unpacking does. */
public final class LayerContents {
  /** Gaps named one by one; a hostile layer could have a gap an entry. */
  private static final int MAXIMUM_GAPS = 1_000;

  private final LayerLimits limits;
  private final IndexBuilder index = new IndexBuilder();
  private final LinkOrder links = new LinkOrder();
  private final TreeMap<String, byte[]> kept = new TreeMap<>(TreeOrder.INSTANCE);
  private final TreeMap<String, Recognised> recognised = new TreeMap<>(TreeOrder.INSTANCE);
  private final List<LayerGap> gaps = new ArrayList<>();
  private long keptBytes;
  private int moreGaps;

  public LayerContents(LayerLimits limits) {
    this.limits = limits;
  }

  void add(LayerEntry entry) {
    index.add(entry);
    if (entry.type() != EntryType.WHITEOUT && entry.type() != EntryType.OPAQUE) {
      forget(entry.path(), entry.type() != EntryType.DIRECTORY);
      links.madeTooEarly(entry).forEach(this::unlink);
    }
  }

  private void unlink(LayerEntry link) {
    gap(
        link.path(),
        "a hard link to \"/" + link.linkTarget() + "\", which comes only after it: left out");
    index.add(
        new LayerEntry(
            link.path(),
            link.type(),
            link.mode(),
            link.uid(),
            link.gid(),
            link.sizeBytes(),
            "",
            link.content(),
            link.capabilities()));
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

  /**
   * Keeps what a file was reduced to that only a link may lead to, as long as there is room: for
   * what is wanted there was more.
   */
  void recognise(String path, String form, byte[] content) {
    if (keptBytes + content.length <= limits.maximumKeptBytes() / 2) {
      keptBytes += content.length;
      recognised.put(path, new Recognised(form, content));
    }
  }

  /** Says something about the layer as a whole by which nothing is missing. */
  public void remark(String remark) {
    gap(GapKind.REMARK, "", remark);
  }

  /** Notes that the diff ID was not computed. */
  public void unverified(String reason) {
    gap(GapKind.DIFF_ID, "", reason);
  }

  /** Notes an entry that is missing, or whose wanted content is. */
  void gap(String path, String reason) {
    gap(GapKind.ENTRY, path, reason);
  }

  void gap(GapKind kind, String path, String reason) {
    if (gaps.size() < MAXIMUM_GAPS) {
      gaps.add(new LayerGap(kind, path, reason));
    } else {
      moreGaps++;
    }
  }

  public LayerIndex index() {
    return index.build();
  }

  public Map<String, byte[]> kept() {
    return Collections.unmodifiableMap(kept);
  }

  public Map<String, Recognised> recognised() {
    return Collections.unmodifiableMap(recognised);
  }

  public List<LayerGap> gaps() {
    if (links.isIncomplete()) {
      remark("more hard links than can be checked to stand behind the files that they name");
    }
    if (moreGaps > 0) {
      gaps.add(
          new LayerGap(
              GapKind.MORE_ENTRIES, "", ScanFault.number(moreGaps) + " more entries with gaps"));
      moreGaps = 0;
    }
    return List.copyOf(gaps);
  }

  /** What is kept of a path, and of what lies below it: in the order of the tree that follows. */
  private void forget(String path, boolean below) {
    remove(kept, path, below).forEach(content -> keptBytes -= content.length);
    remove(recognised, path, below).forEach(file -> keptBytes -= file.content().length);
  }

  private static <T> List<T> remove(NavigableMap<String, T> files, String path, boolean below) {
    String next = files.ceilingKey(path);
    if (next == null || !(next.equals(path) || (below && isBelow(next, path)))) {
      return List.of();
    }
    List<T> removed = new ArrayList<>();
    while (next != null && (next.equals(path) || (below && isBelow(next, path)))) {
      removed.add(Objects.requireNonNull(files.remove(next)));
      next = files.ceilingKey(path);
    }
    return removed;
  }

  private static boolean isBelow(String path, String directory) {
    return path.length() > directory.length()
        && path.charAt(directory.length()) == '/'
        && path.startsWith(directory);
  }
}
