package dev.tare.ticket;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A ticket that a run changes.
 *
 * @param before what the tracker holds, null for a new ticket
 * @param after what it shall hold
 * @param carried findings of {@code after} that this run did not see and that stand until it does,
 *     with positions in its images
 * @param carriedReason why, one sentence; null where there are none
 * @param waived fingerprints that somebody answers for in this run
 * @param images of the line that the run judged
 * @param judgedOtherwise whether other rules or settings judge than when it failed last
 */
public record TicketChange(
    TicketAction.Kind kind,
    @Nullable KnownTicket before,
    TicketRecord after,
    List<TicketFinding> carried,
    @Nullable String carriedReason,
    Set<String> waived,
    int images,
    boolean judgedOtherwise) {
  public TicketChange {
    carried = List.copyOf(carried);
    waived = Set.copyOf(waived);
  }

  public TicketKey key() {
    return after.key();
  }

  /** Findings before the change. */
  public List<TicketFinding> findingsBefore() {
    return before == null ? List.of() : before.data().findings();
  }

  /** Findings that were not there before. */
  public List<TicketFinding> added() {
    return without(after.findings(), findingsBefore());
  }

  /** Findings that are no longer there. */
  public List<TicketFinding> gone() {
    return without(findingsBefore(), after.findings());
  }

  /** Why it closes, where it is not that its images comply; empty otherwise. */
  Optional<ClosingCause> cause() {
    if (kind != TicketAction.Kind.CLOSE) {
      return Optional.empty();
    }
    if (images == 0) {
      return Optional.of(ClosingCause.GONE);
    }
    if (gone().stream().anyMatch(finding -> waived.contains(finding.fingerprint()))) {
      return Optional.of(ClosingCause.WAIVED);
    }
    return judgedOtherwise ? Optional.of(ClosingCause.JUDGED_OTHERWISE) : Optional.empty();
  }

  private static List<TicketFinding> without(List<TicketFinding> all, List<TicketFinding> those) {
    Set<String> fingerprints =
        those.stream().map(TicketFinding::fingerprint).collect(Collectors.toSet());
    return all.stream().filter(finding -> !fingerprints.contains(finding.fingerprint())).toList();
  }
}
