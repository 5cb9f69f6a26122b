package dev.tare.plan;

import dev.tare.finding.BasePrediction;
import dev.tare.finding.Severity;
import dev.tare.finding.Worth;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the images of an action would be on another base, as far as it was predicted: each of them
 * judged as a whole, whatever other actions end.
 *
 * @param images how many are predicted
 * @param inPart of those, the ones whose own packages have versions there that nobody knows
 * @param rebuild how many have to be built to be known
 * @param notPredicted how many of the others stand on the base, or are built on what does
 * @param ends failures of the predicted images that would be gone, by severity
 * @param adds failures that they do not have now, by severity
 * @param unknown how many of their failures above a note might be gone or not
 * @param mayAdd how many failures above a note they might have then and not now
 * @param bytesLess compressed, of all predicted images together, each counted as a whole; null
 *     where it is not known of one
 * @param vulnerabilities null where they are not known of one
 * @param against what speaks against it, a sentence each
 * @param reasons why of some nothing could be predicted, a sentence each
 */
public record Prospect(
    int images,
    int inPart,
    int rebuild,
    int notPredicted,
    Map<Severity, Integer> ends,
    Map<Severity, Integer> adds,
    int unknown,
    int mayAdd,
    @Nullable Long bytesLess,
    BasePrediction.@Nullable Vulnerabilities vulnerabilities,
    List<String> against,
    List<String> reasons) {
  private static final int MOST_SENTENCES = 5;

  /** Copies the collections. */
  public Prospect {
    ends = Map.copyOf(ends);
    adds = Map.copyOf(adds);
    against = List.copyOf(against);
    reasons = List.copyOf(reasons);
  }

  /** How much more is ended than added, by the worths that order actions. */
  long worth() {
    return worth(ends) - worth(adds);
  }

  private static long worth(Map<Severity, Integer> findings) {
    return findings.entrySet().stream()
        .mapToLong(entry -> Worth.of(entry.getKey()) * entry.getValue())
        .sum();
  }

  /** Adds images up. */
  static final class Sum {
    private int images;
    private int inPart;
    private int rebuild;
    private int notPredicted;
    private final Map<Severity, Integer> ends = new EnumMap<>(Severity.class);
    private final Map<Severity, Integer> adds = new EnumMap<>(Severity.class);
    private int unknown;
    private int mayAdd;
    private long bytesLess;
    private boolean bytesKnown = true;
    private final Map<String, Integer> vulnerabilitiesEnded = new TreeMap<>();
    private final Map<String, Integer> vulnerabilitiesAdded = new TreeMap<>();
    private boolean vulnerabilitiesKnown = true;
    private boolean vulnerabilitiesWhole = true;
    private final Set<String> against = new LinkedHashSet<>();
    private final Set<String> reasons = new LinkedHashSet<>();

    /** An image of which nothing is stored. */
    void addUnknown() {
      notPredicted++;
    }

    /** The next image. */
    void add(ImageView image, BasePrediction prediction) {
      switch (prediction.kind()) {
        case FAILED -> {
          notPredicted++;
          reasons.addAll(prediction.against());
        }
        case REBUILD_NEEDED -> {
          rebuild++;
          against.addAll(prediction.against());
        }
        case WHOLE, IN_PART -> {
          images++;
          against.addAll(prediction.against());
          inPart += prediction.kind() == BasePrediction.Kind.IN_PART ? 1 : 0;
          count(image, prediction);
        }
      }
    }

    private void count(ImageView image, BasePrediction prediction) {
      Set<String> failing = new HashSet<>(image.waived());
      for (Failure failure : image.failures()) {
        failing.add(failure.rule());
        if (prediction.unknown().containsKey(failure.rule())) {
          unknown += failure.severity() == Severity.NOTE ? 0 : 1;
        } else if (!prediction.fails().containsKey(failure.rule())) {
          ends.merge(failure.severity(), 1, Integer::sum);
        }
      }
      prediction
          .fails()
          .forEach((rule, severity) -> {
            if (image.unknown().contains(rule)) {
              mayAdd += severity == Severity.NOTE ? 0 : 1;
            } else if (!failing.contains(rule)) {
              adds.merge(severity, 1, Integer::sum);
            }
          });
      prediction
          .unknown()
          .forEach((rule, severity) -> {
            boolean fresh = !failing.contains(rule) && !image.unknown().contains(rule);
            mayAdd += fresh && severity != Severity.NOTE ? 1 : 0;
          });
      Long bytes = prediction.bytesLess();
      bytesKnown &= bytes != null;
      bytesLess += bytes == null ? 0 : bytes;
      BasePrediction.Vulnerabilities changed = prediction.vulnerabilities();
      if (changed == null) {
        vulnerabilitiesKnown = false;
        return;
      }
      vulnerabilitiesWhole &= changed.whole();
      changed
          .ended()
          .forEach((word, number) -> vulnerabilitiesEnded.merge(word, number, Integer::sum));
      changed
          .added()
          .forEach((word, number) -> vulnerabilitiesAdded.merge(word, number, Integer::sum));
    }

    /** Empty where nothing was looked at. */
    Optional<Prospect> sum() {
      if (images + rebuild == 0 && reasons.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Prospect(
              images,
              inPart,
              rebuild,
              notPredicted,
              ends,
              adds,
              unknown,
              mayAdd,
              bytesKnown && images > 0 ? Long.valueOf(bytesLess) : null,
              vulnerabilitiesKnown && images > 0
                  ? new BasePrediction.Vulnerabilities(
                      vulnerabilitiesEnded, vulnerabilitiesAdded, vulnerabilitiesWhole)
                  : null,
              against.stream().limit(MOST_SENTENCES).toList(),
              reasons.stream().limit(MOST_SENTENCES).toList()));
    }
  }
}
