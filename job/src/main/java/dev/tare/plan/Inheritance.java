package dev.tare.plan;

import dev.tare.finding.ActionKind;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.plan.ImageView.Ancestor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says which findings of an image its bases bring: all that fails lies in layers of ancestors, or
 * is about the base as a whole. A budget that is missed is never brought: what the image adds has a
 * part in it. Not safe for concurrent use.
 */
public final class Inheritance {
  private final Sharing sharing = new Sharing();
  private final Map<String, ActionKind> kinds;

  /** Of images that these rules judge. */
  public Inheritance(Collection<RuleDoc> rules) {
    kinds = rules.stream().collect(Collectors.toMap(RuleDoc::id, RuleDoc::action));
  }

  /**
   * How bases bring a finding.
   *
   * @param places of what fails: for each the digests of the ancestors that hold it, root first
   * @param identity what a base has to fail with too where the finding is about the base as a
   *     whole; null where what fails lies in layers
   */
  public record Brought(List<List<String>> places, @Nullable List<String> identity) {
    /** Copies the lists. */
    public Brought {
      places = places.stream().map(List::copyOf).toList();
      identity = identity == null ? null : List.copyOf(identity);
    }
  }

  /** The findings that bases bring, by fingerprint; those of others are not in it. */
  public Map<String, Brought> of(JudgedImage image) {
    ImageView view = ImageView.of(image, kinds, sharing);
    List<Ancestor> bases =
        view.ancestors().stream()
            .filter(one -> !one.digest().isEmpty() && one.layers() < view.layers().size())
            .toList();
    if (bases.isEmpty()) {
      return Map.of();
    }
    Map<String, Brought> brought = new HashMap<>();
    Iterator<Failure> failures = view.failures().iterator();
    for (Outcome outcome : image.outcomes()) {
      if (outcome.kind() == OutcomeKind.FAIL) {
        Brought one = brought(failures.next(), bases);
        if (one != null) {
          brought.put(outcome.fingerprint(), sharing.one(one));
        }
      }
    }
    return brought;
  }

  /** What tells a finding about a base as a whole from another of the same rule. */
  public static List<String> identity(Outcome outcome) {
    return Failure.identity(outcome);
  }

  private static @Nullable Brought brought(Failure failure, List<Ancestor> bases) {
    if (!Assignment.isMeasured(failure)) {
      return null;
    }
    if (failure.places().isEmpty()) {
      return failure.kind() == ActionKind.BASE
          ? new Brought(List.of(digests(bases)), failure.identity())
          : null;
    }
    List<List<String>> places = new ArrayList<>();
    for (Place place : failure.places()) {
      List<String> holders = digests(holders(place, bases));
      if (holders.isEmpty()) {
        return null;
      }
      places.add(holders);
    }
    return new Brought(places.stream().distinct().toList(), null);
  }

  private static List<Ancestor> holders(Place place, List<Ancestor> bases) {
    Integer layer = place.layer();
    if (Boolean.FALSE.equals(place.inBase())) {
      return List.of();
    }
    if (layer != null) {
      return bases.stream().filter(base -> base.layers() > layer).toList();
    }
    return Boolean.TRUE.equals(place.inBase()) ? bases : List.of();
  }

  private static List<String> digests(List<Ancestor> ancestors) {
    return ancestors.stream().map(Ancestor::digest).distinct().toList();
  }
}
