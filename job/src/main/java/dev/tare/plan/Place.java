package dev.tare.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where in an image something is that fails, as the evidence says it. Null is unknown.
 *
 * @param layer index, 0 = the root layer
 * @param inBase whether an ancestor brought it
 * @param step the build step
 * @param bytes uncompressed
 */
record Place(
    @Nullable Integer layer,
    @Nullable Boolean inBase,
    @Nullable String step,
    @Nullable String path,
    @Nullable Long bytes) {
  private static final Place BASE = new Place(null, true, null, null, null);
  private static final Place IMAGE = new Place(null, false, null, null, null);

  /**
   * The places that this evidence names, each once; none where it is about the image as a whole.
   * Lists in evidence are bounded: who brought all of it, {@code origin} says.
   */
  static List<Place> of(JsonNode evidence) {
    List<Place> places = new ArrayList<>();
    for (String list : List.of("items", "layers")) {
      for (JsonNode item : evidence.path(list)) {
        if (item.isObject() && (item.has("layer") || item.has("inBase") || item.has("step"))) {
          places.add(of(item, item.has("step") ? "step" : "createdBy"));
        }
      }
    }
    String origin = evidence.path("origin").asString("");
    boolean mixed = origin.equals("mixed");
    if ((mixed || (origin.equals("base") && places.isEmpty()))
        && places.stream().noneMatch(place -> Boolean.TRUE.equals(place.inBase()))) {
      places.add(BASE);
    }
    if ((mixed || (origin.equals("image") && places.isEmpty()))
        && places.stream().noneMatch(place -> Boolean.FALSE.equals(place.inBase()))) {
      places.add(IMAGE);
    }
    return places.stream().distinct().toList();
  }

  /** Whether it is the image as a whole and no place in it. */
  boolean isWhole() {
    return layer == null && inBase == null && step == null && path == null;
  }

  private static Place of(JsonNode item, String step) {
    JsonNode inBase = item.path("inBase");
    JsonNode layer = item.path("layer");
    JsonNode bytes = item.path("bytes");
    return new Place(
        layer.isInt() ? Integer.valueOf(layer.intValue()) : null,
        inBase.isBoolean() ? Boolean.valueOf(inBase.booleanValue()) : null,
        text(item.path(step)),
        text(item.path("path")),
        bytes.isIntegralNumber() ? Long.valueOf(bytes.longValue()) : null);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }
}
