package dev.tare.inspect;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the package databases of an image, in every layer that has one. */
final class PackageFinder {
  private static final List<String> APK =
      List.of("lib/apk/db/installed", "usr/lib/apk/db/installed");
  private static final String DPKG_STATUS = "var/lib/dpkg/status";
  private static final String DPKG_STATUS_D = "var/lib/dpkg/status.d/";
  private static final String DPKG_INFO = "var/lib/dpkg/info/";

  private final KeptFiles kept;
  private final BaseEvidence evidence;
  private final BaseLayers base;
  private final Ownership ownership;
  private final Gaps gaps;
  private final int limit;
  private final TreeSet<String> managers = new TreeSet<>();

  /** Each package once, with the first layer whose database has it. */
  private final Map<String, Found> found = new LinkedHashMap<>();

  private record Found(PackageRecord item, int layer) {}

  PackageFinder(
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

  ImageFacts.Packages find(@Nullable OsRelease os) {
    for (String path : APK) {
      readVersions(path, "apk");
    }
    readVersions(DPKG_STATUS, "dpkg");
    readDpkgFiles();
    readUnsupported();
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
    Integer added =
        base.number() == null
            ? null
            : (int) found.values().stream().filter(f -> f.layer() >= base.number()).count();
    return new ImageFacts.Packages(List.copyOf(managers), found.size(), added, items);
  }

  /** Reads the visible version of a database, and for the layers of its packages those below. */
  private void readVersions(String path, String manager) {
    KeptFiles.Version current = kept.visibleAt(path);
    if (current == null) {
      return;
    }
    managers.add(manager);
    List<PackageRecord> packages = parse(current, manager, true);
    Map<String, Integer> firstLayers = new HashMap<>();
    for (KeptFiles.Version version : kept.allAt(path)) {
      if (version.layer() < current.layer()) {
        for (PackageRecord item : parse(version, manager, false)) {
          firstLayers.putIfAbsent(item.identity(), version.layer());
        }
      }
    }
    for (PackageRecord item : packages) {
      add(item, firstLayers.getOrDefault(item.identity(), current.layer()));
    }
  }

  private void add(PackageRecord item, int layer) {
    found.putIfAbsent(item.type() + item.identity(), new Found(item, layer));
  }

  private List<PackageRecord> parse(KeptFiles.Version version, String manager, boolean current) {
    String path = "/" + version.node().path();
    if (manager.equals("apk")) {
      if (current) {
        ownership.listRead();
      }
      return ApkDatabase.packages(
          version.content(),
          (item, file) -> {
            if (current) {
              ownership.add(file, item);
            }
          },
          why -> malformed(path, version, current, why));
    }
    return DpkgDatabase.packages(version.content(), why -> malformed(path, version, current, why));
  }

  private void malformed(String path, KeptFiles.Version version, boolean current, String why) {
    if (current) {
      gaps.add("packages", path, version.layer(), why);
    }
  }

  /** {@code status.d}: a file a package (distroless); {@code info/*.list}: the files of each. */
  private void readDpkgFiles() {
    Map<String, PackageRecord> byListName = new HashMap<>();
    found
        .values()
        .forEach(f -> {
          if (f.item().type().equals("deb")) {
            byListName.putIfAbsent(f.item().name(), f.item());
            byListName.put(f.item().name() + ":" + f.item().architecture(), f.item());
          }
        });
    kept.all()
        .forEach((path, versions) -> {
          KeptFiles.Version version = versions.getLast();
          if (!version.visible()) {
            return;
          }
          if (path.startsWith(DPKG_STATUS_D)) {
            managers.add("dpkg");
            parse(version, "dpkg", true).forEach(item -> add(item, version.layer()));
          } else if (path.startsWith(DPKG_INFO) && path.endsWith(".list")) {
            PackageRecord owner =
                byListName.get(
                    path.substring(DPKG_INFO.length(), path.length() - ".list".length()));
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

  private void readUnsupported() {
    new TreeMap<>(evidence.rpmDatabases())
        .forEach((path, layer) -> {
          managers.add("rpm");
          ownership.unknown();
          gaps.add("packages", "/" + path, layer, "rpm databases are not read by this version");
        });
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
    TreeMap<String, String> qualifiers = new TreeMap<>();
    if (item.architecture() != null) {
      qualifiers.put("arch", item.architecture());
    }
    if (os != null) {
      qualifiers.put("distro", os.versionId() == null ? os.id() : os.id() + "-" + os.versionId());
    }
    try {
      return new PackageURL(
              item.type(),
              os == null ? null : os.id(),
              item.name(),
              item.version(),
              qualifiers,
              null)
          .canonicalize();
    } catch (MalformedPackageURLException e) {
      gaps.add("packages", null, null, "no package URL for " + item.name() + ": " + e.getMessage());
      return null;
    }
  }
}
