package dev.tare.inspect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes which package databases and other marks of a distribution a merged file system has. */
final class BaseEvidence implements TreeVisitor {
  private static final Set<String> RPM =
      Set.of(
          "var/lib/rpm/Packages",
          "var/lib/rpm/Packages.db",
          "var/lib/rpm/rpmdb.sqlite",
          "usr/share/rpm/Packages",
          "usr/share/rpm/Packages.db",
          "usr/share/rpm/rpmdb.sqlite",
          "usr/lib/sysimage/rpm/Packages",
          "usr/lib/sysimage/rpm/Packages.db",
          "usr/lib/sysimage/rpm/rpmdb.sqlite",
          "var/lib/rpmmanifest/container-manifest-2");

  private final Map<String, Integer> rpmDatabases = new LinkedHashMap<>();
  private @Nullable String otherDatabase;
  private boolean chisel;

  @Override
  public void visible(TreeNode node) {
    String path = node.path();
    if (!path.startsWith("var/lib/") && !path.startsWith("usr/") && !path.startsWith("nix/")) {
      return;
    }
    if (node.isFile() && RPM.contains(path)) {
      rpmDatabases.put(path, node.layer());
    } else if (path.equals("var/lib/chisel/manifest.wall")) {
      chisel = true;
    } else if (path.equals("var/lib/pacman/local") || path.equals("nix/store")) {
      otherDatabase = path;
    }
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    // What a container cannot see says nothing about its base.
  }

  /** Paths of rpm databases, with the layer each is in. */
  Map<String, Integer> rpmDatabases() {
    return rpmDatabases;
  }

  /** A database of a manager that is not read: pacman, nix. */
  @Nullable String otherDatabase() {
    return otherDatabase;
  }

  /** Whether Canonical's chisel cut the packages. */
  boolean isChiselled() {
    return chisel;
  }
}
