package dev.tare.facts;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The facts that can have a gap, by their names in the document ({@code base.os}) and in its order.
 * A few are no part of it; rules that need whole facts never name those. Which of them come from
 * layers stands here and, for rules, in {@code policies/tare/lib/facts}; a test holds the two and
 * the schema together.
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
  /** Of tools: whether a package owns them. */
  OWNED("owned", false),
  /** Of tools: whether the image starts them. */
  USED_BY_ENTRYPOINT("usedByEntrypoint", false),
  HIDDEN_TOOLS("hiddenTools", true),
  PACKAGES("packages", true),
  /** Packages of Java, Python and the like; no rule about packages of the system needs them. */
  LANGUAGE_PACKAGES("languagePackages", false),
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

  /** Its name, as gaps have it. */
  @JsonValue
  public String word() {
    return word;
  }

  /** Whether a layer that could not be read makes it incomplete. */
  public boolean isReadFromLayers() {
    return readFromLayers;
  }
}
