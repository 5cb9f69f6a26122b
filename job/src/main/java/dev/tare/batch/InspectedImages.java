package dev.tare.batch;

import dev.tare.finding.NotInspected;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What inspecting images came to: their facts, and what could not be read. */
public record InspectedImages(List<JsonNode> facts, List<NotInspected> notInspected) {
  /** Copies the lists. */
  public InspectedImages {
    facts = List.copyOf(facts);
    notInspected = List.copyOf(notInspected);
  }
}
