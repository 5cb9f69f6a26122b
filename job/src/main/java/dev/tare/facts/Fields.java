package dev.tare.facts;

import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One object of a facts document, read leniently: what is missing, JSON null, of another type or
 * out of range is unknown, and never an error.
 *
 * @param node anything; of what is no object, nothing is known
 */
record Fields(JsonNode node) {
  @Nullable String text(String name) {
    JsonNode value = node.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  /** A whole number. */
  @Nullable Long number(String name) {
    JsonNode value = node.path(name);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? Long.valueOf(value.longValue())
        : null;
  }

  /** A whole number that counts layers, packages, days. */
  @Nullable Integer count(String name) {
    JsonNode value = node.path(name);
    return value.isIntegralNumber() && value.canConvertToInt()
        ? Integer.valueOf(value.intValue())
        : null;
  }

  @Nullable Double fraction(String name) {
    JsonNode value = node.path(name);
    return value.isNumber() ? Double.valueOf(value.doubleValue()) : null;
  }

  @Nullable Boolean flag(String name) {
    JsonNode value = node.path(name);
    return value.isBoolean() ? Boolean.valueOf(value.booleanValue()) : null;
  }

  @Nullable Digest digest(String name) {
    String text = text(name);
    try {
      return text == null ? null : Digest.parse(text);
    } catch (TareException e) {
      return null;
    }
  }

  /** An object that may be missing; then nothing of it is known. */
  Fields object(String name) {
    return new Fields(node.path(name));
  }

  /** Null where there is no such object. */
  <T> @Nullable T object(String name, Function<Fields, T> reader) {
    JsonNode value = node.path(name);
    return value.isObject() ? reader.apply(new Fields(value)) : null;
  }

  /** The elements of an array, one for each; none where there is no array. */
  <T> List<T> items(String name, Function<Fields, T> reader) {
    List<T> items = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      items.add(reader.apply(new Fields(element)));
    }
    return items;
  }

  /** The strings of an array. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      if (element.isString()) {
        texts.add(element.stringValue());
      }
    }
    return texts;
  }

  /** The strings of an array; null where there is no array. */
  @Nullable List<String> textsOrNull(String name) {
    return node.path(name).isArray() ? texts(name) : null;
  }

  /** The whole numbers of an array. */
  List<Integer> counts(String name) {
    List<Integer> counts = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      if (element.isIntegralNumber() && element.canConvertToInt()) {
        counts.add(element.intValue());
      }
    }
    return counts;
  }

  /** The properties of an object whose values are strings, in their order. */
  Map<String, String> textMap(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode object = node.path(name);
    if (object.isObject()) {
      object
          .propertyStream()
          .filter(property -> property.getValue().isString())
          .forEach(property -> texts.put(property.getKey(), property.getValue().stringValue()));
    }
    return texts;
  }

  /** The properties of an object whose values are whole numbers, in their order. */
  Map<String, Integer> countMap(String name) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    JsonNode object = node.path(name);
    if (object.isObject()) {
      object
          .propertyStream()
          .filter(property -> property.getValue().isIntegralNumber())
          .filter(property -> property.getValue().canConvertToInt())
          .forEach(property -> counts.put(property.getKey(), property.getValue().intValue()));
    }
    return counts;
  }

  private Iterable<JsonNode> elements(String name) {
    JsonNode array = node.path(name);
    return array.isArray() ? array : List.of();
  }
}
