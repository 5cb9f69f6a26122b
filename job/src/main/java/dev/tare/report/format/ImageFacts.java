package dev.tare.report.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The facts document of one image, read leniently: what is missing, or zero only because it could
 * not be measured, is null, so that a report can leave it empty. Paths are written with dots:
 * {@code base.os.id}.
 */
public record ImageFacts(JsonNode document) {
  private static final Set<String> READ_FROM_LAYERS =
      Set.of(
          "hiddenTools",
          "leftovers",
          "packages",
          "packages.count",
          "packages.addedOverBase",
          "size.efficiency",
          "size.files",
          "size.uncompressed",
          "size.wasted",
          "tools");

  /** The node at this path, null where it is missing or JSON null. */
  @Nullable
  public JsonNode node(String path) {
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
  @Nullable
  public String text(String path) {
    JsonNode node = node(path);
    return node == null || !node.isString() ? null : node.stringValue();
  }

  /** The number at this path. */
  @Nullable
  public Number number(String path) {
    JsonNode node = node(path);
    return node == null || !node.isNumber() ? null : node.numberValue();
  }

  /** The elements of the array at this path; none where there is no array. */
  public List<JsonNode> items(String path) {
    JsonNode node = node(path);
    List<JsonNode> items = new ArrayList<>();
    if (node != null && node.isArray()) {
      node.forEach(items::add);
    }
    return items;
  }

  /**
   * The length of the array at this path; null where there is none, and where it is empty because
   * it could not be measured.
   */
  @Nullable
  public Number count(String path) {
    return has(path) ? measured(path, items(path).size()) : null;
  }

  /** The number at this path; null also where it is zero because it could not be measured. */
  @Nullable
  public Number measuredNumber(String path) {
    Number number = number(path);
    return number == null ? null : measured(path, number);
  }

  /**
   * Whether nothing is missing of this fact. A gap of {@code base} concerns {@code base.os} and the
   * other way round; a gap of {@code layers} concerns whatever is read from layers.
   */
  public boolean whole(String fact) {
    for (String gap : gapFacts()) {
      if (gap.equals(fact)
          || gap.startsWith(fact + ".")
          || fact.startsWith(gap + ".")
          || (gap.equals("layers") && READ_FROM_LAYERS.contains(fact))) {
        return false;
      }
    }
    return true;
  }

  /** The facts that have a gap, each once. */
  public Set<String> gapFacts() {
    Set<String> names = new TreeSet<>();
    for (JsonNode gap : items("gaps")) {
      JsonNode fact = gap.get("fact");
      if (fact != null && fact.isString()) {
        names.add(fact.stringValue());
      }
    }
    return names;
  }

  private @Nullable Number measured(String path, Number number) {
    return number.doubleValue() == 0 && !whole(path) ? null : number;
  }

  private boolean has(String path) {
    return node(path) != null;
  }
}
