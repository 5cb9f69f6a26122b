package dev.tare.batch;

import dev.tare.finding.Outcome;
import java.util.List;

/** How one image was judged. */
record Judgement(long imageId, List<Outcome> outcomes) {
  Judgement {
    outcomes = List.copyOf(outcomes);
  }
}
