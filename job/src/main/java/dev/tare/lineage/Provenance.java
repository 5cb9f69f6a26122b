package dev.tare.lineage;

import java.util.List;

/**
 * What is attached to an image, as it is there: no signature is verified.
 *
 * @param signed whether a signature is attached
 * @param attestations predicate types, sorted
 * @param sbom whether a bill of materials is attached
 * @param materials that statements of provenance name
 * @param problems why not all of this is known; empty where it is
 */
public record Provenance(
    boolean signed,
    List<String> attestations,
    boolean sbom,
    List<Material> materials,
    List<String> problems) {
  /** Nobody has looked. */
  public static final Provenance NOT_LOOKED_UP =
      new Provenance(
          false,
          List.of(),
          false,
          List.of(),
          List.of("signatures and attestations were not looked up"));

  /** Copies the lists. */
  public Provenance {
    attestations = List.copyOf(attestations);
    materials = List.copyOf(materials);
    problems = List.copyOf(problems);
  }
}
