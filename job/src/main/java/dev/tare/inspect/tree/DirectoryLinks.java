package dev.tare.inspect.tree;

import dev.tare.layer.LayerEntry;
import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The symbolic links that are there while layers are applied one on the other. */
final class DirectoryLinks {
  /** Beyond it links are not followed; the merged tree names a limit of its own. */
  private static final int LIMIT = 500_000;

  private final TreeMap<String, String> targets = new TreeMap<>();
  private String directory = "";
  private String place = "";

  DirectoryLinks() {}

  /** Where unpacking puts what a layer has at this path: its directory without links. */
  String placeOf(String path) {
    int slash = path.lastIndexOf('/');
    if (slash < 0 || targets.isEmpty()) {
      return path;
    }
    if (slash != directory.length() || !path.startsWith(directory)) {
      directory = path.substring(0, slash);
      String resolved = passesLink(directory) ? LinkTable.resolve(directory, targets::get) : null;
      place = resolved == null ? directory : resolved;
    }
    if (place.equals(directory)) {
      return path;
    }
    return place.isEmpty() ? path.substring(slash + 1) : place + path.substring(slash);
  }

  /** The path without any link in it; as it is where the links turn in a circle. */
  String resolve(String path) {
    String resolved = follow(path);
    return resolved == null ? path : resolved;
  }

  /** The same; null where the links turn in a circle. */
  @Nullable String follow(String path) {
    return targets.isEmpty() ? path : LinkTable.resolve(path, targets::get);
  }

  /** Where the links stand. */
  Collection<String> paths() {
    return Collections.unmodifiableSet(targets.keySet());
  }

  private boolean passesLink(String path) {
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      if (targets.containsKey(path.substring(0, end))) {
        return true;
      }
    }
    return targets.containsKey(path);
  }

  /** Applies an entry at its place. */
  void apply(String path, LayerEntry entry) {
    switch (entry.type()) {
      case SYMLINK -> {
        if (entry.linkTarget() != null && targets.size() < LIMIT) {
          targets.put(path, entry.linkTarget());
          directory = "";
        }
      }
      case DIRECTORY -> remove(path);
      case OPAQUE -> removeBelow(path);
      case FILE, HARD_LINK, SPECIAL, WHITEOUT -> {
        String next = targets.ceilingKey(path);
        if (next != null && next.startsWith(path)) {
          remove(path);
          removeBelow(path);
        }
      }
    }
  }

  private void remove(String path) {
    if (targets.remove(path) != null) {
      directory = "";
    }
  }

  private void removeBelow(String path) {
    if (targets.isEmpty()) {
      return;
    }
    // '0' follows '/'.
    var below = path.isEmpty() ? targets : targets.subMap(path + "/", path + "0");
    if (!below.isEmpty()) {
      below.clear();
      directory = "";
    }
  }
}
