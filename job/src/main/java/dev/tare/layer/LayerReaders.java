package dev.tare.layer;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * By whom a layer was read: all who want content of one of its files, each with its version. Stored
 * facts are current where the same ones would read the layer today; so a new version of a reader
 * concerns only layers in which it finds something.
 *
 * @param versions by name, {@code rpm} and 2; {@code layers} is the reading of the layer itself
 */
public record LayerReaders(Map<String, Integer> versions) {
  private static final String LAYERS = "layers";

  /** Of a layer that nobody has read. */
  public static final LayerReaders NOBODY = new LayerReaders(Map.of());

  /** Copies the map. */
  public LayerReaders {
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /** Who reads a layer with these entries. */
  public static LayerReaders of(ContentInterest interest, LayerIndex index) {
    Set<String> names = new TreeSet<>();
    for (LayerEntry entry : index) {
      if (entry.type() == EntryType.FILE) {
        names.addAll(interest.readersOf(entry));
      }
    }
    return of(interest, names);
  }

  /** All who may read a layer. */
  public static LayerReaders all(ContentInterest interest) {
    return of(interest, interest.readers().keySet());
  }

  private static LayerReaders of(ContentInterest interest, Collection<String> names) {
    Map<String, Integer> all = interest.readers();
    Map<String, Integer> versions = new TreeMap<>();
    names.forEach(name -> versions.put(name, all.get(name)));
    versions.put(LAYERS, LayerScanner.VERSION);
    return new LayerReaders(versions);
  }

  /** A positive number that differs where one of them, or its version, does. */
  public int fingerprint() {
    CRC32 crc = new CRC32();
    versions.forEach((name, version) ->
        crc.update((name + " " + version + "\n").getBytes(StandardCharsets.UTF_8)));
    return Math.max(1, (int) crc.getValue() & Integer.MAX_VALUE);
  }

  /**
   * Names of those that are not the same here and there; where the layer itself was read otherwise,
   * that one name says it all.
   */
  public Set<String> differing(LayerReaders other) {
    Set<String> names = new TreeSet<>(versions.keySet());
    names.addAll(other.versions.keySet());
    names.removeIf(name -> Objects.equals(versions.get(name), other.versions.get(name)));
    return names.contains(LAYERS) ? Set.of(LAYERS) : names;
  }
}
