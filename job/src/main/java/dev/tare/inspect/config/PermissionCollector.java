package dev.tare.inspect.config;

import dev.tare.facts.Fact;
import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.tool.ToolFinder;
import dev.tare.inspect.tree.BaseLayers;
import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import java.util.ArrayList;
import java.util.List;

/** Collects what raises privileges and what everybody may write. */
public final class PermissionCollector implements TreeVisitor {
  private static final int SETUID_OR_SETGID = 06000;
  private static final int WRITABLE_BY_ALL = 0002;
  private static final int STICKY = 01000;

  private final BaseLayers base;
  private final Gaps gaps;
  private final int limit;
  private final List<ImageFacts.Privileged> privileged = new ArrayList<>();
  private final List<ImageFacts.WorldWritable> worldWritable = new ArrayList<>();

  public PermissionCollector(BaseLayers base, Gaps gaps, int limit) {
    this.base = base;
    this.gaps = gaps;
    this.limit = limit;
  }

  @Override
  public void visible(TreeNode node) {
    int mode = node.content().mode();
    if (node.isFile()) {
      String capabilities = node.content().capabilities();
      if ((mode & SETUID_OR_SETGID) != 0 || capabilities != null) {
        addPrivileged(node, capabilities == null ? List.of() : split(capabilities));
      }
    }
    boolean writable =
        (mode & WRITABLE_BY_ALL) != 0
            && (node.isFile() || (node.isDirectory() && (mode & STICKY) == 0));
    if (writable) {
      if (worldWritable.size() < limit) {
        worldWritable.add(new ImageFacts.WorldWritable("/" + node.path(), ToolFinder.octal(mode)));
      } else {
        overflow(Fact.WORLD_WRITABLE);
      }
    }
  }

  private void addPrivileged(TreeNode node, List<String> capabilities) {
    if (privileged.size() < limit) {
      privileged.add(
          new ImageFacts.Privileged(
              "/" + node.path(),
              ToolFinder.octal(node.content().mode()),
              capabilities,
              node.layer(),
              base.contains(node.layer())));
    } else {
      overflow(Fact.PRIVILEGED);
    }
  }

  private static List<String> split(String capabilities) {
    List<String> names = new ArrayList<>();
    for (String name : capabilities.split("[,\\s]+", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private void overflow(Fact fact) {
    gaps.add(fact, null, null, "more of them than the limit of " + limit + " (rows)");
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    // Nobody can execute or write what a container cannot see.
  }

  public List<ImageFacts.Privileged> privileged() {
    return privileged;
  }

  public List<ImageFacts.WorldWritable> worldWritable() {
    return worldWritable;
  }
}
