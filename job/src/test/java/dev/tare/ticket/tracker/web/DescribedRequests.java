package dev.tare.ticket.tracker.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds requests against the description of an API: method and path, query parameters, properties
 * of the body and their types.
 */
final class DescribedRequests {
  private final JsonNode operations;
  private final List<String> violations;

  /**
   * As a file describes them.
   *
   * @param tracker {@code gitea}
   * @param violations what is not as described is added here
   */
  DescribedRequests(String tracker, List<String> violations) throws IOException {
    this.violations = violations;
    String file = "/tare/trackers/" + tracker + ".json";
    try (InputStream in = DescribedRequests.class.getResourceAsStream(file)) {
      this.operations = new JsonMapper().readTree(in).path("operations");
    }
  }

  /** Whether there is such a request. */
  boolean has(String method, String path) {
    return operation(method, path) != null;
  }

  /**
   * Checks one.
   *
   * @param path with placeholders as in the description: {@code /issues/{n}}
   */
  void check(String method, String path, Map<String, String> query, JsonNode body) {
    JsonNode operation = operation(method, path);
    String what = method + " " + path + ": ";
    if (operation == null) {
      violations.add(what + "not described");
      return;
    }
    for (Map.Entry<String, String> entry : query.entrySet()) {
      JsonNode known = operation.path("query").path(entry.getKey());
      boolean fits =
          known.isArray()
              ? known.valueStream().anyMatch(value -> value.stringValue().equals(entry.getValue()))
              : known.isBoolean();
      if (!fits) {
        violations.add(what + "query " + entry);
      }
    }
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      JsonNode types = operation.path("body").path(entry.getKey());
      if (types.valueStream().noneMatch(type -> is(type.stringValue(), entry.getValue()))) {
        violations.add(what + "body " + entry);
      }
    }
    for (JsonNode name : operation.path("required")) {
      if (!body.has(name.stringValue())) {
        violations.add(what + "body without " + name);
      }
    }
  }

  private @Nullable JsonNode operation(String method, String path) {
    return operations
        .valueStream()
        .filter(one -> one.path("method").stringValue().equals(method))
        .filter(one -> one.path("path").stringValue().equals(path))
        .findAny()
        .orElse(null);
  }

  private static boolean is(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isString();
      case "array" -> value.isArray();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> value.isObject();
    };
  }
}
