package dev.tare.facts;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The facts that can have a gap, by their names in the document ({@code base.os}) and in its order.
 * Which of them come from layers, and which are lists, stands here and, for rules, in {@code
 * policies/tare/lib/facts}; a test holds the two and the schema together.
 */
public enum Fact {
  SIZE_UNCOMPRESSED("size.uncompressed", true),
  SIZE_FILES("size.files", true),
  SIZE_WASTED("size.wasted", true),
  SIZE_EFFICIENCY("size.efficiency", true),
  SIZE_EXCLUSIVE("size.exclusive", false),
  SIZE_LARGEST_FILES("size.largestFiles", true),
  /** A layer could not be read: everything that is read from layers is incomplete. */
  LAYERS("layers", true),
  /** The config states it; nobody compared it with the layer. */
  LAYERS_DIFF_ID("layers.diffId", true),
  /** The layer is of another type than the manifest says. */
  LAYERS_MEDIA_TYPE("layers.mediaType", true),
  /** Of a layer that was read, an entry that no other fact needs, or a remark about the whole. */
  LAYERS_FILES("layers.files", true),
  BASE_OS("base.os", true),
  BASE_OS_EOL("base.os.eol", true),
  BASE_CLASS("base.class", true),
  BASE_OUTDATED("base.outdated", false),
  TOOLS("tools", true),
  TOOLS_OWNED("tools.owned", true),
  TOOLS_USED_BY_ENTRYPOINT("tools.usedByEntrypoint", true),
  HIDDEN_TOOLS("hiddenTools", true),
  START("start", true),
  PACKAGES("packages", true),
  PACKAGES_COUNT("packages.count", true),
  /** Packages of Java, Python and the like are missing; those that are counted are all there. */
  PACKAGES_ITEMS("packages.items", true),
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

  /** Whether it is a list: it is whole where only a field of its elements is not known. */
  public boolean isList() {
    return switch (this) {
      case SIZE_LARGEST_FILES,
          LAYERS,
          TOOLS,
          HIDDEN_TOOLS,
          START,
          PACKAGES_ITEMS,
          LEFTOVERS,
          PRIVILEGED,
          WORLD_WRITABLE,
          SERVICES,
          STATE,
          SECRETS ->
          true;
      default -> false;
    };
  }
}
