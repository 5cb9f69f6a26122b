package dev.tare.plan;

import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.ActionKind;
import dev.tare.finding.Outcome;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Where the vulnerable packages are that a finding is about. Its evidence has numbers, or names of
 * vulnerabilities, and no places: a rebuild may end them wherever they are.
 */
final class VulnerablePlaces {
  private static final Place BASE = new Place(null, true, null, null, null);
  private static final Place IMAGE = new Place(null, false, null, null, null);
  private static final Place SOMEWHERE = new Place(null, null, null, "", null);

  private VulnerablePlaces() {}

  /** None where it is about something else. */
  static List<Place> of(Outcome outcome, ActionKind kind, Vulnerabilities known) {
    JsonNode found = outcome.evidence().path("found");
    JsonNode inBase = outcome.evidence().path("inBase");
    if (kind != ActionKind.REBUILD) {
      return List.of();
    }
    if (found.isIntegralNumber() && !inBase.isMissingNode()) {
      return inBase.isIntegralNumber()
          ? counted(found.longValue(), inBase.longValue())
          : List.of(SOMEWHERE);
    }
    List<Place> places = new ArrayList<>();
    for (String id : Failure.identity(outcome)) {
      List<Place> ofOne =
          known.items().stream()
              .filter(item -> id.equals(item.id()))
              .map(item -> new Place(item.layer(), item.inBase(), null, item.packageName(), null))
              .toList();
      if (ofOne.isEmpty()) {
        return List.of();
      }
      places.addAll(ofOne);
    }
    return places;
  }

  /**
   * By numbers.
   *
   * @param inBase of those, what ancestors alone brought
   */
  private static List<Place> counted(long found, long inBase) {
    if (inBase <= 0) {
      return List.of(IMAGE);
    }
    return inBase >= found ? List.of(BASE) : List.of(BASE, IMAGE);
  }
}
