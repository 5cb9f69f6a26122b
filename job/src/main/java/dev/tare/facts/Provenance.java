package dev.tare.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is attached to an image; nothing of it is verified. Null is unknown.
 *
 * @param attestations predicate types
 * @param sbom whether a bill of materials is there
 * @param slsaMaterials of its build: a URI, and after a space its digest
 */
public record Provenance(
    @Nullable Boolean signed,
    @Nullable Boolean sbom,
    List<String> attestations,
    List<String> slsaMaterials) {
  static Provenance of(Fields provenance) {
    return new Provenance(
        provenance.flag("signed"),
        provenance.flag("sbom"),
        provenance.texts("attestations"),
        provenance.texts("slsaMaterials"));
  }
}
