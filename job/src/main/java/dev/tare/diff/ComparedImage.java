package dev.tare.diff;

import dev.tare.facts.StoredFacts;
import dev.tare.finding.Outcome;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One of two images that are compared.
 *
 * @param name as it was asked for
 * @param document its facts
 * @param outcomes what rules say of it
 */
public record ComparedImage(String name, JsonNode document, List<Outcome> outcomes) {
  /** Copies the outcomes. */
  public ComparedImage {
    outcomes = List.copyOf(outcomes);
  }

  /** Its facts, as code reads them. */
  public StoredFacts facts() {
    return StoredFacts.of(document);
  }
}
