package dev.tare.ticket.text;

import dev.tare.facts.Layer;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A finding as one image shows it.
 *
 * @param message one sentence with the numbers
 * @param image {@code localhost:5000/team/app:1.2}
 * @param layers that the evidence names, root first; none where it is about the image as a whole
 * @param step of the history that the evidence names where it names no layer; null otherwise
 */
record FoundIn(String message, String image, List<InLayer> layers, @Nullable String step) {
  /** Objects inside objects beyond this depth are not looked into. */
  private static final int MAX_DEPTH = 4;

  private static final int MAX_NAMES = 3;

  /**
   * A layer, and what of a finding lies in it.
   *
   * @param names paths, else names; some of them
   * @param all how many there are
   */
  record InLayer(Layer layer, List<String> names, int all) {}

  static FoundIn of(Outcome outcome, JudgedImage image, StoredFacts facts) {
    Map<Integer, Set<String>> names = new TreeMap<>();
    Set<String> steps = new LinkedHashSet<>();
    collect(outcome.evidence(), names, steps, 0);
    List<InLayer> layers = new ArrayList<>();
    for (Layer layer : facts.layers()) {
      Set<String> inLayer = names.get(Objects.requireNonNullElse(layer.index(), -1));
      if (inLayer != null) {
        List<String> some = inLayer.stream().limit(MAX_NAMES).toList();
        layers.add(new InLayer(layer, some, inLayer.size()));
      }
    }
    String step = layers.isEmpty() && !steps.isEmpty() ? steps.iterator().next() : null;
    return new FoundIn(outcome.message(), image.reference(), layers, step);
  }

  /** Evidence names a layer by its index, under {@code layer} or in an array {@code layers}. */
  private static void collect(
      JsonNode node, Map<Integer, Set<String>> names, Set<String> steps, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (node.isObject()) {
      JsonNode layer = node.path("layer");
      if (layer.isInt()) {
        Set<String> inLayer =
            names.computeIfAbsent(layer.intValue(), none -> new LinkedHashSet<>());
        inLayer.addAll(text(node, "path", "name"));
      } else {
        steps.addAll(text(node, "step"));
      }
      for (JsonNode each : node.path("layers")) {
        if (each.isInt()) {
          names.computeIfAbsent(each.intValue(), none -> new LinkedHashSet<>());
        }
      }
    }
    for (JsonNode child : node) {
      collect(child, names, steps, depth + 1);
    }
  }

  /** The first of these fields that holds text. */
  private static List<String> text(JsonNode node, String... fields) {
    for (String field : fields) {
      JsonNode value = node.path(field);
      if (value.isString() && !value.stringValue().isBlank()) {
        return List.of(value.stringValue());
      }
    }
    return List.of();
  }
}
