package dev.tare.ticket;

import dev.tare.finding.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a ticket that programs read: what the next run needs to know of it. Every tracker
 * keeps it with the ticket and gives it back unchanged.
 *
 * @param openedAt end of the run that opened it, or that last reopened it
 * @param updatedAt end of the run that last changed it
 * @param closedAt null while it is open
 * @param openedBy the run that created it
 * @param runs that changed it, oldest first; of many, the last {@value #MAX_RUNS}
 * @param content digest of what it says, without times and runs: two tickets with the same digest
 *     say the same
 * @param findings sorted by severity, worst first, then by rule
 * @param images that the findings are about, at most {@value #MAX_IMAGES}
 * @param imagesOmitted failing images beyond those
 * @param inheritedBy lines of tags in which something fails that images of this line bring, sorted;
 *     at most {@value #MAX_LINES}
 */
public record TicketRecord(
    TicketKey key,
    TicketState state,
    Instant openedAt,
    Instant updatedAt,
    @Nullable Instant closedAt,
    String openedBy,
    List<String> runs,
    String content,
    List<TicketFinding> findings,
    List<TicketImage> images,
    int imagesOmitted,
    List<TicketKey> inheritedBy) {
  /** How many runs are remembered. */
  public static final int MAX_RUNS = 20;

  /** How many failing images are remembered one by one. */
  public static final int MAX_IMAGES = 200;

  /** How many lines are remembered that inherit something. */
  public static final int MAX_LINES = 500;

  /** Copies the collections, checks the positions. */
  public TicketRecord {
    runs = List.copyOf(runs);
    findings = List.copyOf(findings);
    images = List.copyOf(images);
    inheritedBy = List.copyOf(inheritedBy);
    for (TicketFinding finding : findings) {
      for (int position : finding.images()) {
        if (position < 0 || position >= images.size()) {
          throw new IllegalArgumentException(
              "finding "
                  + finding.fingerprint()
                  + ": expected an image below "
                  + images.size()
                  + ", found "
                  + position);
        }
      }
    }
  }

  /** Findings that no ticket of a base ends. */
  public List<TicketFinding> own() {
    return findings.stream().filter(finding -> !finding.inherited()).toList();
  }

  /**
   * The severity of the worst finding, of its own where there is one; {@code note} where there is
   * none at all.
   */
  public Severity worst() {
    List<TicketFinding> own = own();
    return (own.isEmpty() ? findings : own)
        .stream().map(TicketFinding::severity).max(Comparator.naturalOrder()).orElse(Severity.NOTE);
  }
}
