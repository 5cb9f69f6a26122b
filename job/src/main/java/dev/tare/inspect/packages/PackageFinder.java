package dev.tare.inspect.packages;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.facts.Fact;
import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.content.TextLines;
import dev.tare.inspect.packages.reader.Evidence;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.BaseLayers;
import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.TreeNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the package databases of an image, in every layer that has one. */
public final class PackageFinder {
  private final List<PackageReader> readers;
  private final KeptFiles kept;
  private final UnreadStores stores;
  private final UnreadPackages unread;
  private final ProgramLists programLists;
  private final BaseLayers base;
  private final Ownership ownership;
  private final Gaps gaps;
  private final int limit;
  private final TreeSet<String> managers = new TreeSet<>();

  /** Each package once, with the first layer since which every database has it. */
  private final Map<String, Found> found = new LinkedHashMap<>();

  /** The databases that were read. */
  private final Set<Place> databases = new HashSet<>();

  private record Place(int layer, String path) {
    static Place of(TreeNode node) {
      return new Place(node.contentLayer(), node.content().path());
    }
  }

  private record Found(PackageReader reader, PackageRecord item, int layer, String path) {
    List<String> programLists() {
      return reader.programLists(item, path);
    }
  }

  public PackageFinder(
      List<PackageReader> readers,
      KeptFiles kept,
      UnreadStores stores,
      UnreadPackages unread,
      ProgramLists programLists,
      BaseLayers base,
      Ownership ownership,
      Gaps gaps,
      int limit) {
    this.readers = List.copyOf(readers);
    this.kept = kept;
    this.stores = stores;
    this.unread = unread;
    this.programLists = programLists;
    this.base = base;
    this.ownership = ownership;
    this.gaps = gaps;
    this.limit = limit;
  }

  public ImageFacts.Packages find(@Nullable OsRelease os) {
    List<PackageReader> ofSystem =
        readers.stream().filter(reader -> !reader.isOfLanguage()).toList();
    for (PackageReader reader : ofSystem) {
      reader.databases().forEach(path -> readVersions(path, reader));
    }
    readFiles(ofSystem);
    readOwners(ofSystem);
    List<Found> ofSystemOrTrusted = new ArrayList<>(found.values());
    readFiles(
        readers.stream().filter(reader -> reader.isOfLanguage() && !reader.isClaim()).toList());
    List<Found> claims = claims();
    claims.forEach(this::add);
    List<Found> trusted = found.values().stream().filter(PackageFinder::isVouchedFor).toList();
    trusted.forEach(claim -> managers.add(claim.reader().name()));
    ofSystemOrTrusted.addAll(trusted);
    noteUnread(!trusted.isEmpty());
    int count = ofSystemOrTrusted.size();
    Integer added = addedOverBase(ofSystemOrTrusted);
    if (found.size() > limit) {
      gaps.add(
          Fact.PACKAGES,
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

  private static boolean isVouchedFor(Found one) {
    return one.reader().isClaim() && one.item().confidence() == 1;
  }

  private @Nullable Integer addedOverBase(List<Found> counted) {
    Integer baseLayers = base.number();
    return baseLayers == null
        ? null
        : (int) counted.stream().filter(f -> f.layer() >= baseLayers).count();
  }

  /** Reads the visible version of a database, and for the layers of its packages those below. */
  private void readVersions(String path, PackageReader reader) {
    KeptFiles.Version current = kept.visibleAt(path);
    if (current == null || !databases.add(Place.of(current.node()))) {
      return; // Or it was read under another path.
    }
    managers.add(reader.name());
    List<PackageRecord> packages = read(current, reader);
    Map<String, Integer> broughtBy = new HashMap<>();
    packages.forEach(item -> broughtBy.put(item.identity(), current.layer()));
    Set<String> followed = new HashSet<>(broughtBy.keySet());
    for (KeptFiles.Version version : kept.allAt(path).reversed()) {
      if (version.layer() < current.layer() && !followed.isEmpty()) {
        Set<String> before = new HashSet<>();
        reader
            .packages(version.content(), (item, file) -> {}, why -> {})
            .forEach(item -> before.add(item.identity()));
        followed.retainAll(
            before); // What was removed and installed again came with the later layer.
        followed.forEach(identity -> broughtBy.put(identity, version.layer()));
      }
    }
    for (PackageRecord item : packages) {
      int layer = broughtBy.getOrDefault(item.identity(), current.layer());
      add(new Found(reader, item, layer, path));
    }
  }

  private void add(Found one) {
    found.putIfAbsent(one.item().type() + one.item().identity(), one);
  }

  /** The packages of a visible file. */
  private List<PackageRecord> read(KeptFiles.Version file, PackageReader reader) {
    String path = file.node().path();
    Consumer<String> failed = why -> gaps.add(reader.fact(), "/" + path, file.layer(), why);
    if (reader.isOfLanguage()) {
      return reader.packages(file.content(), (item, program) -> {}, failed);
    }
    if (reader.listsPrograms(path)) {
      ownership.listRead();
    }
    return reader.packages(file.content(), (item, program) -> ownership.add(program, item), failed);
  }

  /**
   * Files of one package each; of two readers that know one, the first counts. Of programs each
   * knows its own.
   */
  private void readFiles(List<PackageReader> some) {
    visible(file -> {
      for (PackageReader reader : some) {
        if (reader.isPackage(file)) {
          if (!reader.isOfLanguage()) {
            managers.add(reader.name());
          }
          String path = file.node().path();
          read(file, reader).forEach(item -> add(new Found(reader, item, file.layer(), path)));
          if (!reader.readsPrograms()) {
            return;
          }
        }
      }
    });
  }

  /**
   * What is claimed of packages that were not found, and not of a store that was read. What
   * somebody vouches for is told from the rest by its confidence.
   */
  private List<Found> claims() {
    Set<String> names = new HashSet<>();
    Set<String> types = new HashSet<>();
    for (Found one : found.values()) {
      names.add(comparable(one.item()));
      if (!one.reader().isOfLanguage()) {
        types.add(one.item().type());
      }
    }
    List<Found> claims = new ArrayList<>();
    visible(file -> {
      for (PackageReader reader : readers) {
        if (reader.isClaim() && reader.isPackage(file)) {
          String path = file.node().path();
          boolean trusted = reader.isTrusted(path);
          read(file, reader).stream()
              .filter(item -> !types.contains(item.type()))
              .filter(item -> !names.contains(comparable(item)))
              .map(item -> trusted ? item.certain() : item)
              .forEach(item -> claims.add(new Found(reader, item, file.layer(), path)));
        }
      }
    });
    claims.sort(Comparator.comparingDouble((Found claim) -> claim.item().confidence()).reversed());
    return claims;
  }

  /** Its name, however it is written: package URLs change the case of some, and their dashes. */
  private static String comparable(PackageRecord item) {
    return item.type() + "\0" + item.name().toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }

  /**
   * Files that list the programs of one package each; where one is missing, any file may be its.
   */
  private void readOwners(List<PackageReader> some) {
    some.forEach(reader -> reader.diversions(kept).forEach(ownership::divert));
    Map<String, PackageRecord> byList = new HashMap<>();
    boolean allListed = true;
    for (Found one : found.values()) {
      List<String> lists = one.programLists();
      lists.forEach(path -> byList.putIfAbsent(path, one.item()));
      allListed &= lists.isEmpty() || programLists.hasOneOf(lists);
    }
    visible(file -> {
      PackageRecord owner = byList.get(file.node().path());
      if (owner != null) {
        ownership.listRead();
        TextLines.of(file.content())
            .filter(line -> !line.isEmpty())
            .forEach(line -> ownership.add(line, owner));
      }
    });
    if (!allListed) {
      ownership.unknown();
    }
  }

  private void visible(Consumer<KeptFiles.Version> action) {
    for (List<KeptFiles.Version> versions : kept.all().values()) {
      if (versions.getLast().visible()) {
        action.accept(versions.getLast());
      }
    }
  }

  /** What is missing, but what an SBOM that somebody vouches for lists. */
  private void noteUnread(boolean vouchedFor) {
    unread.note(gaps);
    if (!vouchedFor) {
      stores.note(gaps, !managers.isEmpty());
    }
    if (stores.hasSystem()) {
      ownership.unknown();
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
        url(f, os),
        evidence(f),
        item.confidence());
  }

  private static List<String> evidence(Found f) {
    List<Evidence> said = f.item().evidence();
    Evidence usual = f.reader().isOfLanguage() ? Evidence.METADATA : Evidence.DATABASE;
    return (said.isEmpty() ? List.of(usual) : said).stream().map(Evidence::word).toList();
  }

  private @Nullable String url(Found f, @Nullable OsRelease os) {
    try {
      PackageURL url = f.reader().url(f.item(), os);
      return url == null ? null : url.canonicalize();
    } catch (MalformedPackageURLException e) {
      gaps.add(
          Fact.PACKAGES,
          null,
          null,
          "no package URL for " + f.item().name() + ": " + e.getMessage());
      return null;
    }
  }
}
