package dev.tare.inspect;

import dev.tare.layer.EntryType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects data inside the image that belongs into a volume: declared volumes, databases, logs. */
final class StateCollector implements TreeVisitor {
  private static final Suffixes DATABASE_NAMES =
      Suffixes.of("/ibdata1", "/dump.rdb", "/appendonly.aof", "/PG_VERSION", "/WiredTiger.wt");
  private static final Suffixes DATABASES =
      Suffixes.of(".sqlite", ".sqlite3", ".db3", ".mdb", ".h2.db", ".mv.db");

  /** Databases here belong to package managers or are part of programs. */
  private static final List<String> NO_STATE =
      List.of(
          "var/lib/rpm/",
          "usr/",
          "var/lib/dnf/",
          "var/cache/",
          "var/lib/yum/",
          "lib/",
          "opt/conda/");

  private final Map<String, Long> volumes = new LinkedHashMap<>();
  private final Gaps gaps;
  private final int limit;
  private final List<ImageFacts.State> found = new ArrayList<>();

  StateCollector(List<String> volumes, Gaps gaps, int limit) {
    for (String volume : volumes) {
      this.volumes.put(normalised(volume), 0L);
    }
    this.gaps = gaps;
    this.limit = limit;
  }

  private static String normalised(String volume) {
    String path = volume.startsWith("/") ? volume.substring(1) : volume;
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  @Override
  public void visible(TreeNode node) {
    String path = node.path();
    if (node.entry().type() == EntryType.SPECIAL && path.endsWith(".sock")) {
      add("socket", path, 0);
      return;
    }
    if (node.entry().type() != EntryType.FILE) {
      return;
    }
    long bytes = node.entry().sizeBytes();
    if (!volumes.isEmpty()) {
      volumes.replaceAll((volume, sum) ->
          volume.isEmpty() || path.startsWith(volume + "/") ? Long.valueOf(sum + bytes) : sum);
    }
    if (isDatabase(path)) {
      add("database-file", path, bytes);
    } else if ((path.startsWith("run/") || path.startsWith("var/run/")) && path.endsWith(".pid")) {
      add("pid", path, bytes);
    } else if (path.startsWith("var/log/") && bytes > 0) {
      add("log", path, bytes);
    }
  }

  private static boolean isDatabase(String path) {
    return (DATABASE_NAMES.fitBelowRoot(path) || DATABASES.fit(path))
        && NO_STATE.stream().noneMatch(path::startsWith);
  }

  private void add(String kind, String path, long bytes) {
    if (found.size() < limit) {
      found.add(new ImageFacts.State(kind, "/" + path, bytes));
    } else {
      gaps.add("state", null, null, "more of them than the limit of " + limit + " (rows)");
    }
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    // A container does not start with what it cannot see.
  }

  /** Volumes first, then the rest in the order of the tree. */
  List<ImageFacts.State> rows() {
    List<ImageFacts.State> rows = new ArrayList<>();
    volumes.forEach((path, bytes) -> rows.add(new ImageFacts.State("volume", "/" + path, bytes)));
    rows.addAll(found);
    return rows;
  }
}
