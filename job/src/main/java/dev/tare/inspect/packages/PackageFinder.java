package dev.tare.inspect.packages;

import com.github.packageurl.MalformedPackageURLException;
import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.base.BaseEvidence;
import dev.tare.inspect.content.TextLines;
import dev.tare.inspect.packages.apk.ApkDatabase;
import dev.tare.inspect.packages.chisel.ChiselManifest;
import dev.tare.inspect.packages.dpkg.DpkgDatabase;
import dev.tare.inspect.packages.java.JarPackages;
import dev.tare.inspect.packages.node.LanguagePackages;
import dev.tare.inspect.packages.pacman.PacmanDatabase;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.packages.rpm.RpmDatabase;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.BaseLayers;
import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.layer.ContentKind;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the package databases of an image, in every layer that has one. */
public final class PackageFinder {
  /** How gaps name packages of languages: no rule about packages of the system needs them. */
  public static final String LANGUAGE_PACKAGES = "languagePackages";

  private static final List<String> APK =
      List.of("lib/apk/db/installed", "usr/lib/apk/db/installed");
  private static final String DPKG_STATUS = "var/lib/dpkg/status";
  private static final String DPKG_STATUS_D = "var/lib/dpkg/status.d/";
  public static final String DPKG_DIVERSIONS = "var/lib/dpkg/diversions";
  private static final String DPKG_INFO = "var/lib/dpkg/info/";

  private final KeptFiles kept;
  private final BaseEvidence evidence;
  private final BaseLayers base;
  private final Ownership ownership;
  private final Gaps gaps;
  private final int limit;
  private final TreeSet<String> managers = new TreeSet<>();

  /** Each package once, with the first layer since which every database has it. */
  private final Map<String, Found> found = new LinkedHashMap<>();

  private record Found(PackageRecord item, int layer) {}

  public PackageFinder(
      KeptFiles kept,
      BaseEvidence evidence,
      BaseLayers base,
      Ownership ownership,
      Gaps gaps,
      int limit) {
    this.kept = kept;
    this.evidence = evidence;
    this.base = base;
    this.ownership = ownership;
    this.gaps = gaps;
    this.limit = limit;
  }

  public ImageFacts.Packages find(@Nullable OsRelease os) {
    for (String path : APK) {
      readVersions(path, "apk");
    }
    readVersions(DPKG_STATUS, "dpkg");
    for (String path : new TreeSet<>(RpmDatabase.PATHS)) {
      readVersions(path, "rpm");
    }
    readVersions(RpmDatabase.MANIFEST, "rpm");
    readVersions(ChiselManifest.PATH, "chisel");
    readFiles();
    noteUnread();
    int count = found.size();
    Integer added = addedOverBase();
    readLanguages();
    if (found.size() > limit) {
      gaps.add(
          "packages",
          null,
          null,
          "more packages than the limit of " + limit + " (packages); the rest is not listed");
    }
    List<ImageFacts.InstalledPackage> items =
        found.values().stream()
            .sorted(
                Comparator.comparing((Found f) -> f.item().type())
                    .thenComparing(f -> f.item().name())
                    .thenComparing(f -> f.item().version())
                    .thenComparing(f -> f.item().identity()))
            .limit(limit)
            .map(f -> fact(f, os))
            .toList();
    return new ImageFacts.Packages(List.copyOf(managers), count, added, items);
  }

  private @Nullable Integer addedOverBase() {
    Integer baseLayers = base.number();
    return baseLayers == null
        ? null
        : (int) found.values().stream().filter(f -> f.layer() >= baseLayers).count();
  }

  /** Reads the visible version of a database, and for the layers of its packages those below. */
  private void readVersions(String path, String manager) {
    KeptFiles.Version current = kept.visibleAt(path);
    if (current == null) {
      return;
    }
    managers.add(manager);
    List<PackageRecord> packages = parse(current, manager, true);
    Map<String, Integer> broughtBy = new HashMap<>();
    packages.forEach(item -> broughtBy.put(item.identity(), current.layer()));
    Set<String> followed = new HashSet<>(broughtBy.keySet());
    for (KeptFiles.Version version : kept.allAt(path).reversed()) {
      if (version.layer() < current.layer() && !followed.isEmpty()) {
        Set<String> before = new HashSet<>();
        parse(version, manager, false).forEach(item -> before.add(item.identity()));
        followed.retainAll(
            before); // What was removed and installed again came with the later layer.
        followed.forEach(identity -> broughtBy.put(identity, version.layer()));
      }
    }
    for (PackageRecord item : packages) {
      add(item, broughtBy.getOrDefault(item.identity(), current.layer()));
    }
  }

  private void add(PackageRecord item, int layer) {
    found.putIfAbsent(item.type() + item.identity(), new Found(item, layer));
  }

  private List<PackageRecord> parse(KeptFiles.Version version, String manager, boolean current) {
    String path = "/" + version.node().path();
    if (manager.equals("dpkg")) {
      return DpkgDatabase.packages(
          version.content(), why -> malformed(path, version, current, why));
    }
    if (current && !path.endsWith(RpmDatabase.MANIFEST)) {
      ownership.listRead();
    }
    BiConsumer<PackageRecord, String> files =
        (item, file) -> {
          if (current) {
            ownership.add(file, item);
          }
        };
    Consumer<String> failed = why -> malformed(path, version, current, why);
    return manager.equals("apk")
        ? ApkDatabase.packages(version.content(), files, failed)
        : PackageText.packages(version.content(), files, failed);
  }

  private void malformed(String path, KeptFiles.Version version, boolean current, String why) {
    if (current) {
      gaps.add("packages", path, version.layer(), why);
    }
  }

  /**
   * Databases of a file a package: {@code status.d} of distroless, {@code local} of pacman; and the
   * lists of files, {@code info/*.list} of dpkg and {@code files} of pacman.
   */
  private void readFiles() {
    visible((path, version) -> {
      if (path.startsWith(DPKG_STATUS_D)) {
        managers.add("dpkg");
        parse(version, "dpkg", true).forEach(item -> add(item, version.layer()));
      } else if (path.startsWith(PacmanDatabase.LOCAL) && path.endsWith("/desc")) {
        managers.add("pacman");
        parse(version, "pacman", true).forEach(item -> add(item, version.layer()));
      }
    });
    KeptFiles.Version diversions = kept.visibleAt(DPKG_DIVERSIONS);
    if (diversions != null) {
      ownership.divert(TextLines.of(diversions.content()).toList());
    }
    Map<String, PackageRecord> byList = new HashMap<>();
    found.values().forEach(f -> byList(f.item(), byList));
    visible((path, version) -> {
      boolean dpkg = path.startsWith(DPKG_INFO) && path.endsWith(".list");
      if (dpkg || (path.startsWith(PacmanDatabase.LOCAL) && path.endsWith("/files"))) {
        PackageRecord owner = byList.get(path);
        if (owner != null) {
          ownership.listRead();
          new String(version.content(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isEmpty())
              .forEach(line -> ownership.add(line, owner));
        }
      }
    });
  }

  /** Adds where the list of this package's files stands. */
  private static void byList(PackageRecord item, Map<String, PackageRecord> byList) {
    if (item.type().equals("deb")) {
      byList.putIfAbsent(DPKG_INFO + item.name() + ".list", item);
      byList.put(DPKG_INFO + item.name() + ":" + item.architecture() + ".list", item);
    } else if (item.type().equals("alpm")) {
      byList.put(PacmanDatabase.LOCAL + item.name() + "-" + item.version() + "/files", item);
    }
  }

  /** Packages of Java, Python, JavaScript and Go, wherever they are. */
  private void readLanguages() {
    visible((path, version) -> {
      boolean elf = version.node().content().content() == ContentKind.ELF;
      if (elf
          || JarPackages.isJar(path)
          || LanguagePackages.isPython(path)
          || LanguagePackages.isNode(path)) {
        PackageText.packages(
                version.content(),
                (item, file) -> {},
                why -> gaps.add(LANGUAGE_PACKAGES, "/" + path, version.layer(), why))
            .forEach(item -> add(item, version.layer()));
      }
    });
  }

  private void visible(BiConsumer<String, KeptFiles.Version> action) {
    kept.all()
        .forEach((path, versions) -> {
          if (versions.getLast().visible()) {
            action.accept(path, versions.getLast());
          }
        });
  }

  private void noteUnread() {
    TreeNode journal = evidence.rpmJournal();
    if (journal != null) {
      gaps.add(
          "packages",
          "/" + journal.path(),
          journal.layer(),
          "changes that rpm did not write into its database yet are not read");
    }
    String other = evidence.otherDatabase();
    if (other != null) {
      ownership.unknown();
      gaps.add(
          "packages", "/" + other, null, "databases of this manager are not read by this version");
    }
  }

  private ImageFacts.InstalledPackage fact(Found f, @Nullable OsRelease os) {
    PackageRecord item = f.item();
    return new ImageFacts.InstalledPackage(
        item.type(),
        item.name(),
        item.version(),
        item.architecture(),
        item.source(),
        f.layer(),
        base.contains(f.layer()),
        item.installedBytes(),
        purl(item, os));
  }

  private @Nullable String purl(PackageRecord item, @Nullable OsRelease os) {
    try {
      return PackageUrls.of(item, os).canonicalize();
    } catch (MalformedPackageURLException e) {
      gaps.add("packages", null, null, "no package URL for " + item.name() + ": " + e.getMessage());
      return null;
    }
  }
}
