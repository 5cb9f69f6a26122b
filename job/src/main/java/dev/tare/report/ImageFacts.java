package dev.tare.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The facts document of one image, read leniently: what is missing is null and never zero, so that
 * a report can leave it empty. Paths are written with dots: {@code base.os.id}.
 */
record ImageFacts(JsonNode document) {

  /** The node at this path, null where it is missing or JSON null. */
  @Nullable JsonNode node(String path) {
    JsonNode node = document;
    for (String name : path.split("\\.", -1)) {
      node = node.get(name);
      if (node == null || node.isNull()) {
        return null;
      }
    }
    return node;
  }

  /** The text at this path. */
  @Nullable String text(String path) {
    JsonNode node = node(path);
    return node == null || !node.isString() ? null : node.stringValue();
  }

  /** The number at this path. */
  @Nullable Number number(String path) {
    JsonNode node = node(path);
    return node == null || !node.isNumber() ? null : node.numberValue();
  }

  /** The elements of the array at this path; none where there is no array. */
  List<JsonNode> items(String path) {
    JsonNode node = node(path);
    List<JsonNode> items = new ArrayList<>();
    if (node != null && node.isArray()) {
      node.forEach(items::add);
    }
    return items;
  }

  /** Whether the array at this path was measured at all. */
  boolean has(String path) {
    return node(path) != null;
  }
}
