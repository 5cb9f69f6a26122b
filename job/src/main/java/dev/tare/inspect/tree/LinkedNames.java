package dev.tare.inspect.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Under which further paths a container finds a file, by symbolic links to it or to a directory
 * above it. Of the links only those count by whose paths something is wanted: {@code etc/passwd} of
 * {@code nix/store/x-fake-nss/etc/passwd}, all below {@code var/lib/dpkg/info} of what lies below
 * {@code opt/db}, and not {@code usr/bin/X11/ls} of {@code usr/bin/ls}.
 */
public final class LinkedNames {
  /** More names than a file honestly has. */
  private static final int MOST_NAMES = 64;

  private final Map<String, List<String>> namesOf = new HashMap<>();
  private final List<String> unfollowed = new ArrayList<>();
  private final Set<String> places;
  private boolean overflowed;

  /**
   * The names that these links give.
   *
   * @param places paths that are looked for wherever they lead, of files or directories
   * @param wanted whether a link at this path counts
   */
  public LinkedNames(
      MergedFilesystem filesystem, Collection<String> places, Predicate<String> wanted) {
    this.places = new LinkedHashSet<>(places);
    for (String place : this.places) {
      add(filesystem, place);
    }
    for (String link : filesystem.symlinks()) {
      if (this.places.contains(link)) {
        continue;
      }
      if (wanted.test(link)) {
        add(filesystem, link);
      }
      for (String name : of(link)) {
        if (wanted.test(name)) {
          add(filesystem, link, name);
        }
      }
    }
  }

  private void add(MergedFilesystem filesystem, String path) {
    add(filesystem, path, path);
  }

  private void add(MergedFilesystem filesystem, String path, String name) {
    String target = filesystem.follow(path);
    if (target == null) {
      unfollowed.add(name);
    } else if (!target.equals(name)) {
      List<String> names = namesOf.computeIfAbsent(target, key -> new ArrayList<>());
      if (names.size() == MOST_NAMES) {
        overflowed = true;
      } else if (!names.contains(name)) {
        names.add(name);
      }
    }
  }

  /** The wanted paths whose links turn in a circle: a container cannot open them either. */
  public List<String> unfollowed() {
    return unfollowed;
  }

  /** Whether a file has more names than are followed. */
  public boolean overflowed() {
    return overflowed;
  }

  /** Whether this name lies at or below a place that is looked for. */
  boolean isAtPlace(String name) {
    if (places.contains(name)) {
      return true;
    }
    for (int end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
      if (places.contains(name.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** The further names of a file; mostly none. */
  List<String> of(String path) {
    if (namesOf.isEmpty()) {
      return List.of();
    }
    List<String> found = namesOf.get(path);
    List<String> names = found == null ? List.of() : found;
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      List<String> directories = namesOf.get(path.substring(0, end));
      if (directories != null) {
        names = new ArrayList<>(names);
        for (String directory : directories) {
          if (names.size() == MOST_NAMES) {
            overflowed = true;
            return names;
          }
          names.add(directory + path.substring(end));
        }
      }
    }
    return names;
  }

  /** A visitor that is shown every node under each of its names, the own one first. */
  public TreeVisitor under(TreeVisitor visitor) {
    return new TreeVisitor() {
      @Override
      public void visible(TreeNode node) {
        visitor.visible(node);
        named(node, visitor::visible);
      }

      @Override
      public void hidden(TreeNode node, int hiddenBy) {
        visitor.hidden(node, hiddenBy);
        named(node, other -> visitor.hidden(other, hiddenBy));
      }
    };
  }

  private void named(TreeNode node, Consumer<TreeNode> action) {
    if (!node.isSymlink()) {
      of(node.path()).forEach(name -> action.accept(node.named(name)));
    }
  }
}
