package dev.tare.layer.tar;

import dev.tare.layer.EntryType;
import dev.tare.layer.LayerEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The hard links of a layer so far, to notice those whose target comes only behind them. Unpacking
 * goes in the order of the tar: it finds nothing there, or what a lower layer has, and not the file
 * that the finished layer has.
 */
final class LinkOrder {
  /** Of paths and targets together; beyond it the order of links is not checked. */
  private static final int MAX_CHARACTERS = 16 << 20;

  private final Map<String, LayerEntry> links = new HashMap<>();
  private final Map<String, List<String>> pathsOf = new HashMap<>();
  private int characters;
  private boolean incomplete;

  /** Takes note of an entry; gives the links to it that came before it. */
  List<LayerEntry> madeTooEarly(LayerEntry entry) {
    List<LayerEntry> early = links.isEmpty() ? List.of() : linksTo(entry.path());
    String target = entry.type() == EntryType.HARD_LINK ? entry.linkTarget() : null;
    if (!links.isEmpty()) {
      links.remove(entry.path());
    }
    if (target != null && !incomplete && hasRoom(entry, target)) {
      links.put(entry.path(), entry);
      pathsOf.computeIfAbsent(target, path -> new ArrayList<>()).add(entry.path());
    }
    return early;
  }

  private List<LayerEntry> linksTo(String target) {
    List<String> paths = pathsOf.remove(target);
    if (paths == null) {
      return List.of();
    }
    List<LayerEntry> early = new ArrayList<>();
    for (String path : paths) {
      LayerEntry link = links.get(path);
      if (link != null && target.equals(link.linkTarget()) && !path.equals(target)) {
        links.remove(path);
        early.add(link);
      }
    }
    return early;
  }

  private boolean hasRoom(LayerEntry link, String target) {
    characters += link.path().length() + target.length();
    incomplete |= characters > MAX_CHARACTERS;
    return !incomplete;
  }

  /** Whether there were too many links to check the order of all. */
  boolean isIncomplete() {
    return incomplete;
  }
}
