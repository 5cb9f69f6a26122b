package dev.tare.inspect;

import dev.tare.layer.LayerFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers that an image adds to its base, over another base, and what is known of how they stand
 * on it. Paths have no leading slash.
 *
 * @param layers of the other base and then the own ones, root first; lists that own layers changed
 *     are as the same steps would have left them on the other base
 * @param managers package managers whose database own layers changed
 * @param missingManagers of those, the ones of which the other base has no database
 * @param added packages that own layers add or have in another version, {@code curl 7.88.1-10}
 * @param removed packages of the old base that own layers remove
 * @param inQuestion packages that own layers add or change and that the other base has in another
 *     version, which is the one that counts
 * @param accountsInQuestion names of accounts that own layers add or change and that the other base
 *     has otherwise, which is how they count
 * @param sharedIds accounts that own layers add with the user ID of another account there, {@code
 *     app 999 other}
 * @param deleted files of the old base that own layers delete
 * @param deletedThere of those, the ones that the other base has too
 * @param replaced files of the old base that own layers replace, databases and accounts aside, and
 *     that the other base has of a layer of its own
 * @param programs binary programs and libraries of the own layers, but those that say that they
 *     need no loader
 * @param lostLibraries C libraries that are there on the old base and not on the other one
 * @param keptLibraries those that are there on both
 * @param lostRuntimes by language, releases of runtimes that own layers have packages for, and that
 *     are there on the old base and not on the other one
 * @param otherRuntimes by language, the releases that are there on the other base
 * @param lostInterpreters by the interpreter that scripts of own layers name in their first line
 *     and that is there on the old base and not on the other one, the scripts
 * @param lostNeeds by the shared library that programs of own layers need, the C library aside, and
 *     that is there on the old base and not on the other one, the programs
 */
public record MovedLayers(
    List<LayerFacts> layers,
    Set<String> managers,
    Set<String> missingManagers,
    List<String> added,
    List<String> removed,
    List<String> inQuestion,
    List<String> accountsInQuestion,
    List<String> sharedIds,
    Paths deleted,
    Paths deletedThere,
    Paths replaced,
    long programs,
    Set<String> lostLibraries,
    Set<String> keptLibraries,
    Map<String, Set<String>> lostRuntimes,
    Map<String, Set<String>> otherRuntimes,
    Map<String, List<String>> lostInterpreters,
    Map<String, List<String>> lostNeeds) {
  /**
   * Some paths of many.
   *
   * @param number how many there are
   * @param first some of them, in the order of the tree
   */
  public record Paths(long number, List<String> first) {
    /** Copies the list. */
    public Paths {
      first = List.copyOf(first);
    }
  }

  /** Copies the collections. */
  public MovedLayers {
    layers = List.copyOf(layers);
    managers = Set.copyOf(managers);
    missingManagers = Set.copyOf(missingManagers);
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    inQuestion = List.copyOf(inQuestion);
    accountsInQuestion = List.copyOf(accountsInQuestion);
    sharedIds = List.copyOf(sharedIds);
    lostLibraries = Set.copyOf(lostLibraries);
    keptLibraries = Set.copyOf(keptLibraries);
    lostRuntimes = Map.copyOf(lostRuntimes);
    otherRuntimes = Map.copyOf(otherRuntimes);
    lostInterpreters = Map.copyOf(lostInterpreters);
    lostNeeds = Map.copyOf(lostNeeds);
  }
}
