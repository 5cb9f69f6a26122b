package dev.tare.text;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A place in a configuration that people wrote: every error names the key, what is wrong with it,
 * and for an unknown key the nearest that is valid.
 *
 * @param path of the place, {@code settings.rules.TARE-TOOL-001}
 */
public record ConfigNode(String path, JsonNode node) {
  /** The value of a key, a missing node where it is absent or null. */
  public ConfigNode get(String key) {
    JsonNode value = node.path(key);
    return new ConfigNode(
        path + "." + key, value.isNull() ? JsonMapper.shared().missingNode() : value);
  }

  /** Whether there is a value that is not null. */
  public boolean isPresent() {
    return !node.isMissingNode() && !node.isNull();
  }

  /** Its keys; fails where it is not an object. */
  public Collection<String> keys() {
    if (!isPresent()) {
      return List.of();
    }
    if (!node.isObject()) {
      throw invalid("expected keys with values");
    }
    return node.propertyNames();
  }

  /** Fails where there is a key that is none of these. */
  public ConfigNode only(Set<String> known) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw unknownKey(path + "." + key, key, known);
      }
    }
    return this;
  }

  /** Its elements; none where it is absent. */
  public List<ConfigNode> elements() {
    List<ConfigNode> elements = new ArrayList<>();
    if (isPresent()) {
      if (!node.isArray()) {
        throw invalid("expected a list");
      }
      for (int i = 0; i < node.size(); i++) {
        elements.add(new ConfigNode(path + "[" + i + "]", node.get(i)));
      }
    }
    return elements;
  }

  /** A text that is not blank. */
  public String text() {
    if (!node.isString() || node.stringValue().isBlank()) {
      throw invalid("expected text");
    }
    return node.stringValue().strip();
  }

  /** A date as ISO 8601 writes it. */
  public LocalDate date() {
    try {
      return LocalDate.parse(text());
    } catch (DateTimeException e) {
      throw invalid("expected a date, for example 2027-03-31, found " + node);
    }
  }

  /** The same; the fallback where it is absent. */
  public String text(String fallback) {
    return isPresent() ? text() : fallback;
  }

  /** A list of texts; a single text counts as a list of one. */
  public List<String> texts() {
    return node.isString() ? List.of(text()) : elements().stream().map(ConfigNode::text).toList();
  }

  /** A value that cannot be used. */
  public TareException invalid(String why) {
    return new TareException(FailureKind.USAGE, "configuration " + path + ": " + why);
  }

  /** A key that does not exist, and the nearest that does. */
  public static TareException unknownKey(String path, String key, Collection<String> known) {
    return new TareException(
        FailureKind.USAGE,
        "configuration " + path + ": unknown key \"" + key + "\"",
        Nearest.to(key, known).stream()
            .findFirst()
            .map(nearest -> "Did you mean \"" + nearest + "\"?")
            .orElse("Known are " + String.join(", ", known.stream().sorted().toList()) + "."));
  }
}
