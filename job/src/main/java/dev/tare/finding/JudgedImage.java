package dev.tare.finding;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One image of a run with all that is known of it.
 *
 * @param registry {@code localhost:5001}
 * @param tags that name this manifest or its index, sorted; may be empty
 * @param reference the name to show: with its first tag, or with its digest where it has no tag
 * @param platform {@code linux/amd64}
 * @param facts the policy input document
 * @param outcomes of every rule, sorted by rule
 */
public record JudgedImage(
    String registry,
    String repository,
    List<String> tags,
    String reference,
    String digest,
    String platform,
    Verdict verdict,
    JsonNode facts,
    List<Outcome> outcomes) {
  /** Copies the collections. */
  public JudgedImage {
    tags = List.copyOf(tags);
    outcomes = List.copyOf(outcomes);
  }
}
