package dev.tare.inspect.tree;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which of the visible names of one content counts, as {@link SizeCollector} has it: the first name
 * where it is there, else the first link to it. Holds the names of hard links and nothing else.
 */
public final class SharedContents {
  /** Content by layer and path, with the first visible link to it. */
  private final Map<String, String> links = new HashMap<>();

  /** Of those, what is visible under its first name too. */
  private final Set<String> firstNames = new HashSet<>();

  private SharedContents() {}

  /** Of all that is visible. */
  public static SharedContents of(MergedFilesystem filesystem) {
    SharedContents shared = new SharedContents();
    filesystem.walk(
        new TreeVisitor() {
          @Override
          public void visible(TreeNode node) {
            if (node.isHardLink()) {
              shared.links.putIfAbsent(key(node), node.path());
            }
          }

          @Override
          public void hidden(TreeNode node, int hiddenBy) {}
        });
    if (!shared.links.isEmpty()) {
      filesystem.walk(
          new TreeVisitor() {
            @Override
            public void visible(TreeNode node) {
              if (!node.isHardLink() && shared.links.containsKey(key(node))) {
                shared.firstNames.add(key(node));
              }
            }

            @Override
            public void hidden(TreeNode node, int hiddenBy) {}
          });
    }
    return shared;
  }

  /** Whether the bytes of this visible node count here, and not under another name. */
  public boolean counts(TreeNode node) {
    return !node.isHardLink()
        || (!firstNames.contains(key(node)) && node.path().equals(links.get(key(node))));
  }

  /** Whether what is hidden here is visible under another name. */
  public boolean isElsewhere(TreeNode node) {
    return links.containsKey(key(node));
  }

  private static String key(TreeNode node) {
    return node.contentLayer() + "/" + node.content().path();
  }
}
