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
 * @param usedBy what runs it, sorted, as far as the run looked at clusters; where it did not, empty
 *     says nothing
 * @param predictions what it would be on other bases, as far as that was found out
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
    List<Outcome> outcomes,
    List<Workload> usedBy,
    List<BasePrediction> predictions) {
  /** Copies the collections. */
  public JudgedImage {
    tags = List.copyOf(tags);
    outcomes = List.copyOf(outcomes);
    usedBy = usedBy.stream().sorted().distinct().toList();
    predictions = List.copyOf(predictions);
  }

  /** An image of a registry, of which it is not known what runs it, nor what it could be. */
  public JudgedImage(
      String registry,
      String repository,
      List<String> tags,
      String reference,
      String digest,
      String platform,
      Verdict verdict,
      JsonNode facts,
      List<Outcome> outcomes) {
    this(
        registry,
        repository,
        tags,
        reference,
        digest,
        platform,
        verdict,
        facts,
        outcomes,
        List.of(),
        List.of());
  }

  /** How far it is from complying, 0 to 100. */
  public int score() {
    return Score.of(outcomes);
  }

  /** The same, run by these. */
  public JudgedImage withUsedBy(List<Workload> workloads) {
    return new JudgedImage(
        registry,
        repository,
        tags,
        reference,
        digest,
        platform,
        verdict,
        facts,
        outcomes,
        workloads,
        predictions);
  }

  /** The same with what it would be on other bases. */
  public JudgedImage withPredictions(List<BasePrediction> found) {
    return new JudgedImage(
        registry,
        repository,
        tags,
        reference,
        digest,
        platform,
        verdict,
        facts,
        outcomes,
        usedBy,
        found);
  }

  /** The same judged like this, which no prediction is about. */
  public JudgedImage judgedBy(List<Outcome> others) {
    return new JudgedImage(
        registry,
        repository,
        tags,
        reference,
        digest,
        platform,
        Verdict.of(others),
        facts,
        others,
        usedBy,
        List.of());
  }

  /** The same with some of its outcomes only. */
  public JudgedImage with(List<Outcome> some) {
    return new JudgedImage(
        registry,
        repository,
        tags,
        reference,
        digest,
        platform,
        verdict,
        facts,
        some,
        usedBy,
        predictions);
  }
}
