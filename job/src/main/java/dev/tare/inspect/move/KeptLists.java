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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lists of a base that own layers change in part, as they would be on another base. */
public final class KeptLists {
  private final List<KeptList> lists;

  /**
   * Of these.
   *
   * @param managers of packages
   * @param named kinds of files of lines that begin with a name
   * @param whole kinds of files that are a base's as a whole
   */
  public KeptLists(List<PackageReader> managers, List<KeptKind> named, List<KeptKind> whole) {
    this.lists =
        Stream.of(
                KeptList.databases(managers),
                named.stream().flatMap(KeptList::named),
                whole.stream().flatMap(KeptList::whole))
            .flatMap(each -> each)
            .toList();
  }

  /**
   * What came of it.
   *
   * @param contents by the number of the own layer, 0 is the lowest, and by path, what would be
   *     kept
   * @param managers whose databases own layers changed
   * @param missingManagers of those, the ones that the other base has no database of
   * @param added packages, name and version, sorted
   */
  public record Moved(
      Map<Integer, Map<String, byte[]>> contents,
      Set<String> managers,
      Set<String> missingManagers,
      List<String> added,
      List<String> removed,
      List<String> inQuestion) {}

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
    private final Set<String> managers = new TreeSet<>();
    private final Set<String> missing = new TreeSet<>();

    /** Of each database what the last own layer that has it makes of it. */
    private final Map<String, ListMerge> last = new TreeMap<>();

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
      if (manager != null && isChanged(old, now)) {
        managers.add(manager.name());
        if (there == null) {
          missing.add(manager.name());
        }
      }
      ListMerge merge =
          ListMerge.of(old, now, there == null ? List.of() : list.cut().apply(there.content()));
      if (there != null) {
        contents
            .computeIfAbsent(own.node().contentLayer() - baseLayers, none -> new HashMap<>())
            .put(own.node().content().path(), KeptList.content(merge.entries()));
      }
      if (manager != null) {
        last.put(list.path(), merge);
      }
    }

    private static boolean isChanged(List<Entry> before, List<Entry> after) {
      return !identities(before).equals(identities(after));
    }

    private static Set<String> identities(List<Entry> entries) {
      Set<String> identities = new TreeSet<>();
      entries.stream()
          .filter(entry -> !entry.key().isEmpty())
          .forEach(entry -> identities.add(entry.key() + "\0" + entry.identity()));
      return identities;
    }

    Moved moved() {
      return new Moved(
          contents,
          managers,
          missing,
          names(ListMerge::added),
          names(ListMerge::removed),
          names(ListMerge::inQuestion));
    }

    private List<String> names(Function<ListMerge, List<Entry>> which) {
      return last.values().stream()
          .flatMap(merge -> which.apply(merge).stream())
          .filter(entry -> !entry.key().isEmpty())
          .map(Entry::identity)
          .distinct()
          .sorted()
          .toList();
    }
  }
}
