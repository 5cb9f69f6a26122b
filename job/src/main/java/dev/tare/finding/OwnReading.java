package dev.tare.finding;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What is told beside the own part of images: what their bases bring, and what is nobody's as far
 * as it is known.
 *
 * @param inherited what each base brings, the worst first
 * @param unknown findings of which it is not known whether a base brings them, by severity: they
 *     are in no other number
 * @param unknownImages how many images have such above a note
 */
public record OwnReading(
    List<Inherited> inherited, Map<Severity, Integer> unknown, int unknownImages) {
  /** Copies the collections. */
  public OwnReading {
    inherited = List.copyOf(inherited);
    unknown = Map.copyOf(unknown);
  }

  /**
   * What one base brings.
   *
   * @param base its name, of all its platforms
   * @param judged whether the run judged it as it is in all of these images, so that what fails on
   *     it itself is counted with it
   * @param findings each once, however many images inherit it, by severity
   * @param images that inherit some of it, sorted
   */
  public record Inherited(
      String base, boolean judged, Map<Severity, Integer> findings, List<String> images) {
    /** By what it is worth to end all of it. */
    public static final Comparator<Inherited> WORST_FIRST =
        Comparator.comparingLong(Inherited::worth)
            .thenComparingInt(one -> one.images().size())
            .reversed()
            .thenComparing(Inherited::base);

    /** Copies the collections. */
    public Inherited {
      findings = Map.copyOf(findings);
      images = List.copyOf(images);
    }

    private long worth() {
      return findings.entrySet().stream()
          .mapToLong(entry -> Worth.of(entry.getKey()) * entry.getValue())
          .sum();
    }
  }

  /** Whether nobody knows of a finding of this severity or a higher one whose it is. */
  public boolean isUnknownFrom(Severity least) {
    return unknown.entrySet().stream()
        .anyMatch(entry -> entry.getKey().compareTo(least) >= 0 && entry.getValue() > 0);
  }
}
