package dev.tare.inspect.packages;

import dev.tare.facts.Fact;
import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Notes the stores of packages that are there and that no reader reads. */
public final class UnreadStores implements TreeVisitor {
  private static final List<Store> STORES =
      List.of(
          system("Nix", "nix/store/"),
          system("Guix", "gnu/store/"),
          system("pkg (FreeBSD)", "var/db/pkg/local.sqlite"),
          system("Paludis", "var/db/paludis/"),
          system("KISS", "var/db/kiss/installed/"),
          system("XBPS (Void)", "var/db/xbps/", "pkgdb-[^/]+\\.plist"),
          system("pkgtools (Slackware)", "var/log/packages/", "[^/]+-[^/]+-[^/]+-[^/]+"),
          system("pkgtools (Slackware)", "var/lib/pkgtools/packages/", "[^/]+-[^/]+-[^/]+-[^/]+"),
          system("pkgtools (Slackware)", "var/adm/packages/", "[^/]+-[^/]+-[^/]+-[^/]+"),
          system("eopkg (Solus)", "var/lib/eopkg/package/"),
          system("swupd (Clear Linux)", "usr/share/clear/bundles/"),
          system("tce (Tiny Core)", "usr/local/tce.installed/"),
          system("ipkg", "usr/lib/ipkg/status"),
          system("Termux", "data/data/com.termux/files/usr/var/lib/dpkg/status"),
          beside("snap", "var/lib/snapd/snaps/", "[^/]+\\.snap"),
          beside("Flatpak", "var/lib/flatpak/", "(app|runtime)/.+"));

  private final Map<String, Found> found = new LinkedHashMap<>();

  /**
   * A kind of store.
   *
   * @param ofSystem whether a system consists of its packages, besides which no other is looked for
   */
  private record Store(String name, boolean ofSystem, String begins, Predicate<String> rest) {
    boolean holds(String path) {
      return path.startsWith(begins) && rest.test(path.substring(begins.length()));
    }
  }

  private record Found(Store store, TreeNode node) {}

  public UnreadStores() {}

  private static Store system(String name, String begins) {
    return new Store(name, true, begins, rest -> true);
  }

  private static Store system(String name, String begins, String rest) {
    return new Store(name, true, begins, Pattern.compile(rest).asMatchPredicate());
  }

  private static Store beside(String name, String begins, String rest) {
    return new Store(name, false, begins, Pattern.compile(rest).asMatchPredicate());
  }

  @Override
  public void visible(TreeNode node) {
    String path = node.path();
    if (node.isDirectory() || !mayBeOne(path)) {
      return;
    }
    for (Store store : STORES) {
      if (!found.containsKey(store.name()) && store.holds(path)) {
        found.put(store.name(), new Found(store, node));
      }
    }
  }

  /** Of most files this is all that is asked. */
  private static boolean mayBeOne(String path) {
    return switch (path.isEmpty() ? ' ' : path.charAt(0)) {
      case 'n', 'g', 'v', 'd' -> true;
      case 'u' ->
          path.startsWith("usr/share/clear/")
              || path.startsWith("usr/local/")
              || path.startsWith("usr/lib/ipkg/");
      default -> false;
    };
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    // What a container cannot see is no store of it.
  }

  /** Whether the system consists of packages of such a store. */
  public boolean hasSystem() {
    return found.values().stream().anyMatch(store -> store.store().ofSystem());
  }

  /**
   * Makes a gap of each.
   *
   * @param databases whether another store was read, whose packages are all there
   */
  void note(Gaps gaps, boolean databases) {
    found
        .values()
        .forEach(store -> {
          boolean beside = databases && !store.store().ofSystem();
          gaps.add(
              beside ? Fact.PACKAGES_ITEMS : Fact.PACKAGES,
              "/" + store.node().path(),
              store.node().layer(),
              "packages of " + store.store().name() + " are not read by this version");
        });
  }
}
