package dev.tare.ticket;

import dev.tare.finding.NotInspected;
import dev.tare.finding.NotInspected.Stage;
import dev.tare.finding.TagLine;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds what of a run that could not be inspected may belong to a ticket. */
final class UninspectedNames {
  private static final Set<Stage> LISTS = Set.of(Stage.REGISTRY, Stage.REPOSITORY);

  private final List<NotInspected> all;

  UninspectedNames(Collection<NotInspected> all) {
    this.all = List.copyOf(all);
  }

  /**
   * Something not inspected that the ticket may be about, in words: its registry, its repository,
   * an image of its repository known by digest only, or with a tag of its line or one that its
   * failing images had.
   */
  Optional<String> concerning(TicketRecord ticket) {
    return concerning(ticket, item -> true);
  }

  /** The same, of images alone: a list that cannot be read takes nothing from what was judged. */
  Optional<String> imageConcerning(TicketRecord ticket) {
    return concerning(ticket, item -> !LISTS.contains(item.stage()));
  }

  private Optional<String> concerning(TicketRecord ticket, Predicate<NotInspected> counts) {
    return all.stream()
        .filter(counts)
        .filter(item -> concerns(item, ticket))
        .findFirst()
        .map(item -> item.reference() + " could not be inspected: " + item.reason());
  }

  private static boolean concerns(NotInspected item, TicketRecord ticket) {
    TicketKey key = ticket.key();
    String reference = item.reference();
    if (!reference.startsWith(key.name())) {
      boolean wholeRegistry = item.stage() == Stage.REGISTRY && reference.contains(key.registry());
      return wholeRegistry || reference.equals(key.registry());
    }
    String rest = reference.substring(key.name().length());
    if (rest.isEmpty() || rest.startsWith("@")) {
      return true;
    }
    if (!rest.startsWith(":")) {
      return false; // another repository whose name begins the same
    }
    int at = rest.indexOf('@');
    String tag = rest.substring(1, at < 0 ? rest.length() : at);
    return TagLine.of(tag).equals(key.line())
        || ticket.images().stream().anyMatch(image -> image.tags().contains(tag));
  }
}
