package dev.tare.facts;

/**
 * The facts that can have a gap, by their names in the document ({@code base.os}) and in its order.
 * Which of them come from layers stands here and, for rules, in {@code policies/tare/lib/facts}; a
 * test holds the two and the schema together.
 */
public enum Fact {
  SIZE_UNCOMPRESSED("size.uncompressed", true),
  SIZE_FILES("size.files", true),
  SIZE_WASTED("size.wasted", true),
  SIZE_EFFICIENCY("size.efficiency", true),
  SIZE_EXCLUSIVE("size.exclusive", false),
  /** A layer could not be read: everything that is read from layers is incomplete. */
  LAYERS("layers", true),
  /** A remark about a layer that makes no fact incomplete; no part of the document. */
  LAYER("layer", false),
  BASE_OS("base.os", true),
  BASE_OS_EOL("base.os.eol", false),
  BASE_CLASS("base.class", true),
  BASE_OUTDATED("base.outdated", false),
  TOOLS("tools", true),
  HIDDEN_TOOLS("hiddenTools", true),
  PACKAGES("packages", true),
  LEFTOVERS("leftovers", true),
  PRIVILEGED("privileged", true),
  WORLD_WRITABLE("worldWritable", true),
  ACCOUNTS("accounts", true),
  SERVICES("services", true),
  STATE("state", true),
  SECRETS("secrets", true),
  VULNERABILITIES("vulnerabilities", false),
  PROVENANCE("provenance", false);

  private final String word;
  private final boolean readFromLayers;

  Fact(String word, boolean readFromLayers) {
    this.word = word;
    this.readFromLayers = readFromLayers;
  }

  /** Its name in the document. */
  public String word() {
    return word;
  }

  /** Whether a layer that could not be read makes it incomplete. */
  public boolean isReadFromLayers() {
    return readFromLayers;
  }
}
