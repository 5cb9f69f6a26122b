package dev.tare.ticket.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Renders the evidence of a finding, whose shape is the rule's own, as lines of a Markdown list.
 */
final class EvidenceText {
  /** Objects inside objects beyond this depth are not looked into. */
  static final int MAX_DEPTH = 4;

  private static final int MAX_ITEMS = 10;
  private static final int MAX_FIELDS = 12;
  private static final int MAX_VALUE = 200;

  /** Of these null says that there is none; of everything else, that it is not known. */
  private static final Set<String> OPTIONAL = Set.of("via", "package");

  private EvidenceText() {}

  /** The lines, indented for a place inside a list; none for empty evidence. */
  static List<String> lines(JsonNode evidence) {
    List<String> lines = new ArrayList<>();
    int fields = 0;
    for (Map.Entry<String, JsonNode> field : evidence.properties()) {
      if (fields++ == MAX_FIELDS) {
        lines.add("- and " + (evidence.size() - MAX_FIELDS) + " more");
        break;
      }
      add(lines, field.getKey(), field.getValue());
    }
    return lines;
  }

  private static void add(List<String> lines, String name, JsonNode value) {
    String label = "- " + MarkdownText.prose(name, 60) + ": ";
    if (!value.isArray() || value.isEmpty() || !value.get(0).isContainer()) {
      lines.add(label + inline(value, 1));
      return;
    }
    lines.add("- " + MarkdownText.prose(name, 60) + ":");
    int items = 0;
    for (JsonNode item : value) {
      if (items++ == MAX_ITEMS) {
        lines.add("  - and " + (value.size() - MAX_ITEMS) + " more");
        return;
      }
      lines.add("  - " + inline(item, 1));
    }
  }

  private static String inline(JsonNode value, int depth) {
    if (value.isNull()) {
      return "unknown";
    }
    if (!value.isContainer()) {
      return MarkdownText.code(value.asString(), MAX_VALUE);
    }
    if (value.isEmpty()) {
      return "none";
    }
    if (depth > MAX_DEPTH) {
      return "…";
    }
    List<String> parts = new ArrayList<>();
    if (value.isArray()) {
      for (JsonNode item : value) {
        if (parts.size() == MAX_ITEMS) {
          parts.add("and " + (value.size() - MAX_ITEMS) + " more");
          break;
        }
        parts.add(inline(item, depth + 1));
      }
    } else {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        if (parts.size() == MAX_FIELDS) {
          parts.add("and " + (value.size() - MAX_FIELDS) + " more");
          break;
        }
        if (field.getValue().isNull() && OPTIONAL.contains(field.getKey())) {
          continue;
        }
        parts.add(
            MarkdownText.prose(field.getKey(), 60) + " " + inline(field.getValue(), depth + 1));
      }
    }
    return String.join(", ", parts);
  }
}
