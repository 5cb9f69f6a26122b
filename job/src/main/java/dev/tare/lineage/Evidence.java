package dev.tare.lineage;

/** The words for why an image is held to be an ancestor, as facts write them. */
final class Evidence {
  static final String ANNOTATION = "annotation";
  static final String PROVENANCE = "provenance";
  static final String LAYERS = "layers";
  static final String HISTORY = "history";
  static final String FAMILY = "family";

  private Evidence() {}
}
