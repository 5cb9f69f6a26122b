package dev.tare.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the package databases say. Null is unknown.
 *
 * @param managers names of the databases
 * @param count packages of these databases
 * @param addedOverBase of those, what no ancestor brought
 */
public record Packages(
    List<String> managers, @Nullable Integer count, @Nullable Integer addedOverBase) {
  /**
   * One installed package, of a language too.
   *
   * @param type of its package URL: {@code deb}, {@code maven}
   * @param evidence what says name and version, strongest first: {@code database}, {@code
   *     metadata}, {@code manifest}, {@code file-name}, {@code sbom}
   * @param confidence how sure they are, from 0 to 1
   * @param source the source package, as the database states it: {@code lvm2 (2.03.16-2)}
   */
  public record Item(
      @Nullable String type,
      @Nullable String name,
      @Nullable String version,
      @Nullable String source,
      @Nullable String purl,
      @Nullable Integer layer,
      @Nullable Boolean inBase,
      List<String> evidence,
      @Nullable Double confidence) {
    /** Copies the evidence. */
    public Item {
      evidence = List.copyOf(evidence);
    }

    /** Whether nothing but an SBOM in the image says that it is there, for which nobody vouches. */
    public boolean isClaimed() {
      return evidence.equals(List.of("sbom")) && (confidence == null || confidence < 1);
    }

    static Item of(Fields item) {
      return new Item(
          item.text("type"),
          item.text("name"),
          item.text("version"),
          item.text("source"),
          item.text("purl"),
          item.count("layer"),
          item.flag("inBase"),
          item.texts("evidence"),
          item.fraction("confidence"));
    }
  }

  static Packages of(Fields packages) {
    return new Packages(
        packages.texts("managers"), packages.count("count"), packages.count("addedOverBase"));
  }
}
