package dev.tare.report.summary;

import dev.tare.finding.Comparison;
import dev.tare.finding.FindingChange;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.finding.Waiver;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The worst failing images of a run, what is new on its images, and how much of both there is. */
public final class FailingImages {
  private static final Comparator<Image> WORST_FIRST =
      Comparator.comparingInt(Image::critical)
          .thenComparingInt(Image::high)
          .thenComparingInt(Image::medium)
          .thenComparingInt(Image::low)
          .reversed()
          .thenComparing(Image::reference)
          .thenComparing(Image::platform);

  /**
   * A failing image.
   *
   * @param fresh findings that the earlier run did not have
   * @param rule of its worst finding
   */
  public record Image(
      String reference,
      String platform,
      int critical,
      int high,
      int medium,
      int low,
      int fresh,
      String rule) {}

  private static final Comparator<Fresh> SEVERE_FIRST =
      Comparator.comparing(Fresh::severity)
          .reversed()
          .thenComparing(Fresh::rule)
          .thenComparing(Fresh::reference)
          .thenComparing(Fresh::platform);

  /** A finding that the earlier run did not have, on the first image that has it. */
  public record Fresh(Severity severity, String rule, String reference, String platform) {}

  private final int mostImages;
  private final int mostFresh;
  private final @Nullable Comparison since;
  private final PriorityQueue<Image> worst = new PriorityQueue<>(WORST_FIRST.reversed());
  private final Map<Severity, Integer> fresh = new EnumMap<>(Severity.class);
  private final PriorityQueue<Fresh> severest = new PriorityQueue<>(SEVERE_FIRST.reversed());
  private final Set<String> seen = new HashSet<>();
  private int count;
  private final Set<String> known = new HashSet<>();

  /**
   * None yet.
   *
   * @param mostImages that are kept
   * @param mostFresh new findings that are kept
   * @param since what changed since an earlier run; null where there is none
   */
  public FailingImages(int mostImages, int mostFresh, @Nullable Comparison since) {
    this.mostImages = mostImages;
    this.mostFresh = mostFresh;
    this.since = since;
  }

  /** Takes an image in. */
  public void add(JudgedImage image) {
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    Outcome first = null;
    int ofImage = 0;
    for (Outcome outcome : image.outcomes()) {
      Waiver waiver = outcome.waiver();
      if (outcome.severity() == Severity.NOTE) {
        continue;
      }
      if (waiver != null && waiver.comesFromBaseline()) {
        known.add(outcome.fingerprint());
      }
      if (outcome.kind() != OutcomeKind.FAIL) {
        continue;
      }
      counts.merge(outcome.severity(), 1, Integer::sum);
      if (first == null || outcome.severity().compareTo(first.severity()) > 0) {
        first = outcome;
      }
      if (isNew(outcome)) {
        ofImage++;
        // However many tags have it, it is one.
        if (seen.add(outcome.fingerprint())) {
          fresh.merge(outcome.severity(), 1, Integer::sum);
          keep(
              severest,
              mostFresh,
              new Fresh(outcome.severity(), outcome.rule(), image.reference(), image.platform()));
        }
      }
    }
    if (image.verdict() != Verdict.FAILING || first == null) {
      return;
    }
    count++;
    keep(
        worst,
        mostImages,
        new Image(
            image.reference(),
            image.platform(),
            counts.getOrDefault(Severity.CRITICAL, 0),
            counts.getOrDefault(Severity.HIGH, 0),
            counts.getOrDefault(Severity.MEDIUM, 0),
            counts.getOrDefault(Severity.LOW, 0),
            ofImage,
            first.rule()));
  }

  /** The first of a queue is the least of what it keeps. */
  private static <T> void keep(PriorityQueue<T> queue, int most, T one) {
    queue.add(one);
    if (queue.size() > most) {
      queue.remove();
    }
  }

  private boolean isNew(Outcome outcome) {
    return since != null && since.of(outcome).filter(FindingChange.NEW::equals).isPresent();
  }

  /** How many images fail. */
  public int count() {
    return count;
  }

  /** The worst of them, worst first. */
  public List<Image> worst() {
    return worst.stream().sorted(WORST_FIRST).toList();
  }

  /** Whether there is an earlier run. */
  boolean compares() {
    return since != null;
  }

  /** Findings that the earlier run did not have, each once for its repository and platform. */
  public Map<Severity, Integer> fresh() {
    return fresh;
  }

  /** The most severe of them first. */
  public List<Fresh> severestFresh() {
    return severest.stream().sorted(SEVERE_FIRST).toList();
  }

  /** How many findings a baseline answers for, each once for its repository and platform. */
  int known() {
    return known.size();
  }
}
