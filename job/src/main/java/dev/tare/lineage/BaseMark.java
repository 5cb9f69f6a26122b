package dev.tare.lineage;

/** What says that an image is a base itself, whatever it is built on. */
public enum BaseMark {
  /** The base catalogue has it, by the digest of its manifest. */
  CATALOGUE("catalogue"),
  /** Images of the run have all of its layers as their lowest, and more. */
  IMAGES("images");

  private final String word;

  BaseMark(String word) {
    this.word = word;
  }

  /** As facts write it. */
  public String word() {
    return word;
  }
}
