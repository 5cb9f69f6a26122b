package dev.tare.inspect.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The symbolic links of a merged file system. Resolves inside the image root: an absolute target
 * starts at the root, {@code ..} does not leave it.
 */
public final class LinkTable {
  /** As Linux has it: MAXSYMLINKS. */
  private static final int MAXIMUM_HOPS = 40;

  private final int limit;
  private final Map<String, String> targets = new HashMap<>();
  private boolean overflowed;

  public LinkTable(int limit) {
    this.limit = limit;
  }

  /** Adds a link; beyond the limit it is left out, and {@link #overflowed} says so. */
  public void add(String path, String target) {
    if (targets.size() < limit) {
      targets.put(path, target);
    } else {
      overflowed = true;
    }
  }

  /** Whether links had to be left out. */
  public boolean overflowed() {
    return overflowed;
  }

  /** Like {@link #resolve}, but the last component stands as it is. */
  public String canonicalDirectory(String path) {
    int slash = path.lastIndexOf('/');
    if (slash < 0) {
      return path;
    }
    String directory = resolve(path.substring(0, slash));
    if (directory == null) {
      return path;
    }
    return directory.isEmpty() ? path.substring(slash + 1) : directory + path.substring(slash);
  }

  /** Whether resolving passes through a link of this directory; gives the first such link. */
  @Nullable
  public String linkBelow(String path, String directory) {
    String current = canonicalDirectory(path);
    for (int hops = 0; hops < MAXIMUM_HOPS; hops++) {
      String target = targets.get(current);
      if (target == null) {
        return null;
      }
      if (current.startsWith(directory)) {
        return current;
      }
      current = canonicalDirectory(join(parent(current), target));
    }
    return null;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /**
   * The path without any link in it, whether or not a file stands there; null where the links turn
   * in a circle.
   */
  @Nullable
  public String resolve(String path) {
    return resolve(path, targets::get);
  }

  /** The same with links from elsewhere: a path and its target, or null. */
  public static @Nullable String resolve(String path, Function<String, @Nullable String> targets) {
    Deque<String> rest = new ArrayDeque<>();
    push(rest, path);
    StringBuilder done = new StringBuilder();
    int hops = 0;
    while (!rest.isEmpty()) {
      String name = rest.pop();
      if (name.equals("..")) {
        int slash = done.lastIndexOf("/");
        done.setLength(Math.max(slash, 0));
        continue;
      }
      int before = done.length();
      if (before > 0) {
        done.append('/');
      }
      done.append(name);
      String target = targets.apply(done.toString());
      if (target != null) {
        if (++hops > MAXIMUM_HOPS) {
          return null;
        }
        done.setLength(target.startsWith("/") ? 0 : before);
        push(rest, target);
      }
    }
    return done.toString();
  }

  private static void push(Deque<String> rest, String path) {
    int end = path.length();
    while (end > 0) {
      int start = path.lastIndexOf('/', end - 1);
      String name = path.substring(start + 1, end);
      if (!name.isEmpty() && !name.equals(".")) {
        rest.push(name);
      }
      end = start;
    }
  }

  private static String join(String directory, String target) {
    if (target.startsWith("/") || directory.isEmpty()) {
      return normalised(target);
    }
    return normalised(directory + "/" + target);
  }

  private static String normalised(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
