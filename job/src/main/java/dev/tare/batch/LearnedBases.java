package dev.tare.batch;

import dev.tare.finding.NotInspected;
import dev.tare.lineage.LearnedBase;
import java.util.List;

/** What learning bases came to. */
public record LearnedBases(List<LearnedBase> bases, List<NotInspected> notInspected) {
  /** Copies the lists. */
  public LearnedBases {
    bases = List.copyOf(bases);
    notInspected = List.copyOf(notInspected);
  }
}
