package dev.tare.batch.steps;

import dev.tare.batch.Judge;
import dev.tare.batch.Stores;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.Outcome;
import dev.tare.policy.Evaluation;
import dev.tare.store.LastResults;
import dev.tare.store.PackedOutcomes;
import dev.tare.store.StoredImage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How one image was judged.
 *
 * @param facts by which
 * @param compressedBytes what it weighs, null where that was not measured
 * @param complete whether every rule was evaluated to its end
 */
record Judgement(
    StoredImage image,
    LastResults.Described facts,
    @Nullable Long compressedBytes,
    PackedOutcomes outcomes,
    boolean complete) {
  /**
   * Judges a described image; where its facts have been judged by the same before, by the rules
   * that read the time.
   *
   * @param digest of the judge
   */
  static Judgement of(StoredImage image, Stores stores, Judge judge, String digest) {
    LastResults.Described stored = stores.images().storedFacts(image.id());
    JsonNode facts = stores.images().facts(image.id());
    Optional<List<Outcome>> earlier = stores.last().outcomes(stored, digest);
    Evaluation evaluation =
        earlier.isPresent() ? judge.evaluate(facts, earlier.get()) : judge.evaluate(facts);
    return new Judgement(
        image,
        stored,
        StoredFacts.of(facts).size().compressed(),
        PackedOutcomes.of(evaluation.outcomes(), judge.waive(facts, evaluation.outcomes())),
        evaluation.complete());
  }

  /** What was stored of it. */
  record Kept(Judgement judgement, PackedOutcomes.Kept outcomes) {}
}
