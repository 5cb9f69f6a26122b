package dev.tare.inspect.move;

import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.move.ListMerge.Entry;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.tree.KeptFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lists of a base that own layers change in part, as they would be on another base. */
public final class KeptLists {
  private final List<KeptList> lists;
  private final List<PackageReader> managersOfFiles;

  /**
   * Of these.
   *
   * @param managers of packages
   * @param accounts kinds of files of accounts
   * @param whole kinds of files that are a base's as a whole
   */
  public KeptLists(List<PackageReader> managers, List<KeptKind> accounts, List<KeptKind> whole) {
    this.lists =
        Stream.of(
                KeptList.databases(managers),
                accounts.stream().flatMap(KeptList::accounts),
                whole.stream().flatMap(KeptList::whole))
            .flatMap(each -> each)
            .toList();
    this.managersOfFiles = managers.stream().filter(PackageFiles::areOf).toList();
  }

  /**
   * What came of it.
   *
   * @param contents by the number of the own layer, 0 is the lowest, and by path, what would be
   *     kept
   * @param otherContents the same of the layers of the other base: of what own layers change there
   *     without having the file
   * @param managers whose databases own layers changed
   * @param missingManagers of those, the ones that the other base has no database of
   * @param added packages, name and version, sorted
   * @param accountsInQuestion names of accounts that own layers add or change and that the other
   *     base has otherwise
   * @param sharedIds accounts that own layers add with the user ID that another account has there,
   *     {@code app 999 other}
   */
  public record Moved(
      Map<Integer, Map<String, byte[]>> contents,
      Map<Integer, Map<String, byte[]>> otherContents,
      Set<String> managers,
      Set<String> missingManagers,
      List<String> added,
      List<String> removed,
      List<String> inQuestion,
      List<String> accountsInQuestion,
      List<String> sharedIds) {}

  /** Whether this path is that of such a list. */
  public boolean has(String path) {
    return lists.stream().anyMatch(list -> list.path().equals(path));
  }

  /**
   * Moves them.
   *
   * @param baseLayers how many layers of the image are those of its base
   * @param image what is kept of all its layers
   * @param base of those of its base
   * @param other of those of the other base
   */
  public Moved move(int baseLayers, KeptFiles image, KeptFiles base, KeptFiles other) {
    Moves moves = new Moves(baseLayers);
    for (KeptList list : lists) {
      KeptFiles.Version before = base.visibleAt(list.path());
      if (before == null) {
        continue; // What own layers bring alone is theirs on any base.
      }
      KeptFiles.Version there = there(list, other);
      for (KeptFiles.Version own : image.allAt(list.path())) {
        if (own.node().contentLayer() >= baseLayers) {
          moves.move(list, before, own, there);
        }
      }
    }
    for (PackageReader manager : managersOfFiles) {
      PackageFiles before = PackageFiles.of(manager, base);
      if (before.files().isEmpty()) {
        continue;
      }
      moves.move(manager, before, PackageFiles.of(manager, image), PackageFiles.of(manager, other));
    }
    return moves.moved();
  }

  /** The same list, or another database of the same manager: some have moved between releases. */
  private KeptFiles.@Nullable Version there(KeptList list, KeptFiles other) {
    KeptFiles.Version same = other.visibleAt(list.path());
    PackageReader manager = list.manager();
    if (same != null || manager == null) {
      return same;
    }
    for (String path : manager.databases()) {
      KeptFiles.Version moved = other.visibleAt(path);
      if (moved != null) {
        return moved;
      }
    }
    return null;
  }

  private static final class Moves {
    private final int baseLayers;
    private final Map<Integer, Map<String, byte[]>> contents = new HashMap<>();
    private final Map<Integer, Map<String, byte[]>> otherContents = new HashMap<>();
    private final Set<String> managers = new TreeSet<>();
    private final Set<String> missing = new TreeSet<>();

    /** Of each database what the last own layer that has it makes of it. */
    private final Map<String, ListMerge> packages = new TreeMap<>();

    /** The same of lists of accounts. */
    private final Map<String, ListMerge> accounts = new TreeMap<>();

    /** By list, as the last own layer that has it leaves it. */
    private final Map<String, Set<String>> sharedIds = new TreeMap<>();

    Moves(int baseLayers) {
      this.baseLayers = baseLayers;
    }

    void move(
        KeptList list,
        KeptFiles.Version before,
        KeptFiles.Version own,
        KeptFiles.@Nullable Version there) {
      PackageReader manager = list.manager();
      List<Entry> old = list.cut().apply(before.content());
      List<Entry> now = list.cut().apply(own.content());
      List<Entry> others = there == null ? List.of() : list.cut().apply(there.content());
      ListMerge merge = ListMerge.of(old, now, others);
      if (manager == null) {
        if (there != null) {
          keep(own, merge.entries());
        }
        if (list.accounts()) {
          accounts.put(list.path(), merge);
          sharedIds.put(list.path(), sharedIds(old, merge.added(), others));
        }
        return;
      }
      note(manager, old, now, there != null);
      packages.put(list.path(), merge);
      if (there == null || there.node().path().equals(list.path())) {
        keep(own, merge.entries());
        return;
      }
      // Both databases are read: what is of the other base stays in its own.
      keep(own, merge.entries().stream().filter(entry -> !others.contains(entry)).toList());
      put(
          otherContents,
          there.node().contentLayer(),
          there,
          merge.entries().stream().filter(others::contains).toList());
    }

    /** The packages of a manager that keeps a file for each. */
    void move(PackageReader manager, PackageFiles base, PackageFiles image, PackageFiles other) {
      List<Entry> others = other.entries();
      if (!note(manager, base.entries(), image.entries(), !others.isEmpty())) {
        return;
      }
      ListMerge merge = ListMerge.of(base.entries(), image.entries(), others);
      packages.put(manager.name(), merge);
      image
          .without(merge.entries())
          .filter(file -> file.node().contentLayer() >= baseLayers)
          .forEach(file -> keep(file, List.of()));
      other
          .without(merge.entries())
          .forEach(file -> put(otherContents, file.node().contentLayer(), file, List.of()));
    }

    private void keep(KeptFiles.Version own, List<Entry> entries) {
      put(contents, own.node().contentLayer() - baseLayers, own, entries);
    }

    private static void put(
        Map<Integer, Map<String, byte[]>> contents,
        int layer,
        KeptFiles.Version file,
        List<Entry> entries) {
      contents
          .computeIfAbsent(layer, none -> new HashMap<>())
          .put(file.node().content().path(), KeptList.content(entries));
    }

    /** Notes the manager where its packages are changed, and whether it is there. */
    private boolean note(
        PackageReader manager, List<Entry> before, List<Entry> after, boolean there) {
      if (identities(before).equals(identities(after))) {
        return false;
      }
      managers.add(manager.name());
      if (!there) {
        missing.add(manager.name());
      }
      return true;
    }

    private static Set<String> identities(List<Entry> entries) {
      Set<String> identities = new TreeSet<>();
      entries.stream()
          .filter(entry -> !entry.key().isEmpty())
          .forEach(entry -> identities.add(entry.key() + "\0" + entry.identity()));
      return identities;
    }

    /** Where it has an ID twice on the old base as well, that is meant. */
    private static Set<String> sharedIds(List<Entry> old, List<Entry> added, List<Entry> others) {
      Set<String> shared = new TreeSet<>();
      for (Entry own : added) {
        String id = userId(own);
        Predicate<Entry> shares =
            other -> id.equals(userId(other)) && !other.key().equals(own.key());
        if (!id.isEmpty() && old.stream().noneMatch(shares)) {
          others.stream()
              .filter(shares)
              .forEach(other -> shared.add(own.key() + " " + id + " " + other.key()));
        }
      }
      return shared;
    }

    /** Empty where it has none. */
    private static String userId(Entry account) {
      String[] fields = account.text().split(":", 4);
      return fields.length < 4 ? "" : fields[2];
    }

    Moved moved() {
      return new Moved(
          contents,
          otherContents,
          managers,
          missing,
          names(packages, ListMerge::added, Entry::identity),
          names(packages, ListMerge::removed, Entry::identity),
          names(packages, ListMerge::inQuestion, Entry::identity),
          names(accounts, ListMerge::inQuestion, Entry::key),
          sharedIds.values().stream().flatMap(Set::stream).distinct().sorted().toList());
    }

    private static List<String> names(
        Map<String, ListMerge> merges,
        Function<ListMerge, List<Entry>> which,
        Function<Entry, String> name) {
      return merges.values().stream()
          .flatMap(merge -> which.apply(merge).stream())
          .filter(entry -> !entry.key().isEmpty())
          .map(name)
          .distinct()
          .sorted()
          .toList();
    }
  }
}
