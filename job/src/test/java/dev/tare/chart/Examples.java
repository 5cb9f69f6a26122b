package dev.tare.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Values as Helm lays them over each other. */
final class Examples {
  private Examples() {}

  static ObjectNode read(Path file) throws IOException {
    return (ObjectNode) KubernetesObjects.documents(Files.readString(file)).getFirst();
  }

  /** Objects key by key, anything else as a whole. */
  static ObjectNode merged(ObjectNode below, JsonNode above) {
    ObjectNode merged = below.deepCopy();
    above
        .properties()
        .forEach(entry -> {
          JsonNode lower = merged.get(entry.getKey());
          merged.set(
              entry.getKey(),
              lower instanceof ObjectNode object && entry.getValue().isObject()
                  ? merged(object, entry.getValue())
                  : entry.getValue());
        });
    return merged;
  }
}
