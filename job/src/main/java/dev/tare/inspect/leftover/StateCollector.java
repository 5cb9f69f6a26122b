package dev.tare.inspect.leftover;

import dev.tare.facts.Fact;
import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.content.Suffixes;
import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import dev.tare.layer.EntryType;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects data inside the image that belongs into a volume: declared volumes, databases, logs. A
 * socket is none of it: no layer can hold one.
 */
public final class StateCollector implements TreeVisitor {
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

  private final List<Volume> volumes = new ArrayList<>();
  private final Gaps gaps;
  private final int limit;
  private final List<ImageFacts.State> found = new ArrayList<>();

  /** A declared volume. */
  private static final class Volume {
    /** As the config names it. */
    private final String path;

    /** Where that leads to: {@code run/x} for {@code var/run/x}. */
    private final String place;

    private long bytes;

    Volume(String path, String place) {
      this.path = path;
      this.place = place;
    }

    boolean holds(String file) {
      return place.isEmpty()
          || (file.length() > place.length()
              && file.charAt(place.length()) == '/'
              && file.startsWith(place));
    }
  }

  public StateCollector(List<String> volumes, MergedFilesystem filesystem, Gaps gaps, int limit) {
    volumes.stream()
        .map(StateCollector::normalised)
        .distinct()
        .forEach(path -> this.volumes.add(new Volume(path, filesystem.resolve(path))));
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
    if (node.entry().type() != EntryType.FILE) {
      return;
    }
    long bytes = node.entry().sizeBytes();
    for (Volume volume : volumes) {
      if (volume.holds(path)) {
        volume.bytes += bytes;
      }
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
      gaps.add(Fact.STATE, null, null, "more of them than the limit of " + limit + " (rows)");
    }
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    // A container does not start with what it cannot see.
  }

  /** Volumes first, then the rest in the order of the tree. */
  public List<ImageFacts.State> rows() {
    List<ImageFacts.State> rows = new ArrayList<>();
    volumes.forEach(
        volume -> rows.add(new ImageFacts.State("volume", "/" + volume.path, volume.bytes)));
    rows.addAll(found);
    return rows;
  }
}
