package dev.tare.ticket;

import dev.tare.finding.RunInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what one run means for one ticket. */
final class LineVerdict {
  /** Changes when tickets say the same things in another way, so that all are written again. */
  private static final String TEXT = "2\n";

  private final RunInfo run;
  private final Sightings sightings;
  private final UninspectedNames uninspected;
  private final Set<String> judged;
  private final Set<TicketKey> judgedLines;
  private final String judging;
  private final Map<TicketKey, ClosingLedger.Failed> failed;

  /**
   * @param sightings of the run
   * @param judging digest of what judged the run
   * @param failed how each line failed last
   * @param judged what the run judged, as {@link #place} writes it
   * @param judgedLines the lines of which it judged an image
   */
  LineVerdict(
      RunInfo run,
      Sightings sightings,
      String judging,
      Map<TicketKey, ClosingLedger.Failed> failed,
      UninspectedNames uninspected,
      Set<String> judged,
      Set<TicketKey> judgedLines) {
    this.run = run;
    this.sightings = sightings;
    this.judging = judging;
    this.failed = failed;
    this.uninspected = uninspected;
    this.judged = judged;
    this.judgedLines = judgedLines;
  }

  /** What the run adds to the ledger of a line that fails. */
  ClosingLedger.Failed failed(LineSummary line) {
    return new ClosingLedger.Failed(line.judging(judging), run.finishedAt());
  }

  /** What to do with a ticket: change it, keep it for a reason, or nothing. */
  sealed interface Decision {
    /** It says already what the run found. */
    record Nothing() implements Decision {}

    /** The run cannot speak about it. */
    record Keep(KeptTicket ticket) implements Decision {}

    /** It changes. */
    record Change(TicketChange change) implements Decision {}
  }

  /** The names under which an image of a repository is recognised in a later run. */
  static Stream<String> places(String repository, TicketImage image) {
    return Stream.concat(Stream.of(image.digest()), image.tags().stream())
        .map(name -> repository + " " + name + " " + image.platform());
  }

  private static String place(String repository, TicketImage image) {
    return repository + " " + image.name() + " " + image.platform();
  }

  /** The decision about a line without a ticket. */
  Decision decide(TicketKey key, LineSummary line) {
    return line.failsItself()
        ? new Decision.Change(change(TicketAction.Kind.CREATE, null, key, line, Carried.NONE))
        : new Decision.Nothing();
  }

  /** The decision about a ticket, and what the run says of its line. */
  Decision decide(KnownTicket known, LineSummary line) {
    TicketRecord ticket = known.data();
    ClosingLedger.Failed last = failed.get(ticket.key());
    if (run.finishedAt().isBefore(ticket.updatedAt())
        || (last != null && run.finishedAt().isBefore(last.at()))) {
      return keep(known, "a later run has already brought it up to date");
    }
    if (known.hand() != KnownTicket.Hand.NONE) {
      return decideByHand(known, line);
    }
    return switch (ticket.state()) {
      case CLOSED ->
          line.failsItself()
              ? new Decision.Change(
                  change(TicketAction.Kind.REOPEN, known, ticket.key(), line, Carried.NONE))
              : new Decision.Nothing();
      case OPEN -> decideOpen(known, line);
    };
  }

  /** A ticket whose state people have changed: their word stands until there is something new. */
  private Decision decideByHand(KnownTicket known, LineSummary line) {
    TicketRecord ticket = known.data();
    if (ticket.state() == TicketState.OPEN) {
      return line.fails()
          ? decideOpen(known, line)
          : keep(known, "nothing of it fails, and it was opened again by hand: close it by hand");
    }
    if (!line.fails()) {
      return decideOpen(known, line);
    }
    if (!line.failsWorseThan(ticket.findings())) {
      return keep(
          known,
          "it was closed by hand, and nothing new of its own fails: what still does takes a waiver,"
              + " or a fix");
    }
    Carried carried = carried(ticket, line, uninspected.concerning(ticket));
    return new Decision.Change(
        change(TicketAction.Kind.REOPEN, known, ticket.key(), line, carried));
  }

  private Decision decideOpen(KnownTicket known, LineSummary line) {
    TicketRecord ticket = known.data();
    Optional<String> blocked = uninspected.concerning(ticket);
    Carried carried = carried(ticket, line, blocked);
    if (line.fails()) {
      TicketChange change = change(TicketAction.Kind.UPDATE, known, ticket.key(), line, carried);
      return change.after().content().equals(ticket.content())
          ? new Decision.Nothing()
          : new Decision.Change(change);
    }
    if (carried.reason() != null) {
      return keep(known, carried.reason());
    }
    Optional<String> unread = uninspected.imageConcerning(ticket);
    if (unread.isPresent()) {
      return keep(known, unread.get());
    }
    return new Decision.Change(
        change(TicketAction.Kind.CLOSE, known, ticket.key(), line, Carried.NONE));
  }

  private static Decision keep(KnownTicket known, String reason) {
    return new Decision.Keep(new KeptTicket(known.data().key(), known.location(), reason));
  }

  /**
   * Findings of earlier runs that stand because this run cannot speak about them.
   *
   * @param images that only they are about
   * @param findings with positions in those images
   */
  private record Carried(
      List<TicketImage> images,
      List<TicketFinding> findings,
      int imagesOmitted,
      @Nullable String reason) {
    static final Carried NONE = new Carried(List.of(), List.of(), 0, null);
  }

  private Carried carried(TicketRecord ticket, LineSummary line, Optional<String> blocked) {
    TicketKey key = ticket.key();
    List<TicketImage> images = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (TicketImage image : ticket.images()) {
      boolean stands =
          !judged.contains(place(key.name(), image)) && !isGone(key, image, blocked.isPresent());
      positions.add(stands ? images.size() : -1);
      if (stands) {
        images.add(image);
      }
    }
    int omitted =
        ticket.imagesOmitted() == 0
                || (blocked.isEmpty() && sightings.knowsAll(key.registry(), key.repository()))
            ? 0
            : ticket.imagesOmitted();
    List<TicketFinding> findings = new ArrayList<>();
    boolean unmeasured = false;
    for (TicketFinding finding : ticket.findings()) {
      List<Integer> standing =
          finding.images().stream().map(positions::get).filter(position -> position >= 0).toList();
      boolean unknown = line.unmeasured(finding.rule()) && !line.hasFinding(finding.fingerprint());
      boolean lost = finding.images().isEmpty() && omitted > 0;
      if (!standing.isEmpty() || unknown || lost) {
        unmeasured |= unknown;
        findings.add(finding.on(standing));
      }
    }
    if (findings.isEmpty() && omitted == 0) {
      return Carried.NONE;
    }
    String reason =
        !images.isEmpty() || omitted > 0
            ? blocked.orElse(
                (images.size() + omitted)
                    + " of its failing images were not among those that this run covered")
            : unmeasured
                ? "what failed could not be measured again"
                : "what failed was not judged again";
    return new Carried(images, findings, omitted, reason);
  }

  /**
   * Whether there is evidence that an image which the run did not judge is not there any more: its
   * tag or its repository is gone, or its tag now names something else, all of which was read.
   */
  private boolean isGone(TicketKey key, TicketImage image, boolean blocked) {
    String tag = image.tags().isEmpty() ? null : image.name();
    return switch (sightings.of(key.registry(), key.repository(), tag)) {
      case GONE -> true;
      case READ -> !blocked;
      case UNKNOWN -> false;
    };
  }

  private TicketChange change(
      TicketAction.Kind kind,
      @Nullable KnownTicket known,
      TicketKey key,
      LineSummary line,
      Carried carried) {
    List<TicketImage> images = new ArrayList<>(line.failingImages());
    int room = Math.max(0, TicketRecord.MAX_IMAGES - images.size());
    int first = images.size();
    int taken = Math.min(room, carried.images().size());
    images.addAll(carried.images().subList(0, taken));
    int omitted =
        Math.max(line.failingOmitted(), carried.imagesOmitted()) + carried.images().size() - taken;

    List<TicketFinding> findings = new ArrayList<>(line.findings());
    List<TicketFinding> stillCarried = new ArrayList<>();
    for (TicketFinding finding : carried.findings()) {
      TicketFinding moved =
          finding.on(
              finding.images().stream()
                  .filter(position -> position < taken)
                  .map(position -> position + first)
                  .toList());
      stillCarried.add(moved);
      merge(findings, moved);
    }
    TicketRecord before = known == null ? null : known.data();
    boolean closes = kind == TicketAction.Kind.CLOSE;
    List<TicketKey> inheritedBy = closes ? List.of() : inheritedBy(before, line);
    boolean opens = kind == TicketAction.Kind.CREATE || kind == TicketAction.Kind.REOPEN;
    TicketRecord after =
        new TicketRecord(
            key,
            closes ? TicketState.CLOSED : TicketState.OPEN,
            before == null || opens ? run.finishedAt() : before.openedAt(),
            run.finishedAt(),
            closes ? run.finishedAt() : null,
            before == null ? run.id() : before.openedBy(),
            runs(before),
            content(line, images, findings, stillCarried, inheritedBy),
            LineSummary.sorted(findings),
            images,
            omitted,
            inheritedBy);
    return new TicketChange(
        kind,
        known,
        after,
        stillCarried,
        carried.reason(),
        line.waived(),
        line.images(),
        line.images() > 0 && isJudgedOtherwise(key, line));
  }

  /** Also where it is not known what judged the line when it failed. */
  private boolean isJudgedOtherwise(TicketKey key, LineSummary line) {
    ClosingLedger.Failed last = failed.get(key);
    return last == null || !last.judging().equals(line.judging(judging));
  }

  /** A finding seen by this run and standing on other images is one finding. */
  private static void merge(List<TicketFinding> findings, TicketFinding carried) {
    for (int at = 0; at < findings.size(); at++) {
      TicketFinding finding = findings.get(at);
      if (finding.fingerprint().equals(carried.fingerprint())) {
        List<Integer> images =
            Stream.concat(finding.images().stream(), carried.images().stream()).distinct().toList();
        findings.set(at, finding.on(images));
        return;
      }
    }
    findings.add(carried);
  }

  private List<String> runs(@Nullable TicketRecord before) {
    List<String> runs = new ArrayList<>(before == null ? List.of() : before.runs());
    runs.remove(run.id());
    runs.add(run.id());
    return runs.subList(Math.max(0, runs.size() - TicketRecord.MAX_RUNS), runs.size());
  }

  /** Lines that the run did not look at inherit what they did, unless they are gone. */
  private List<TicketKey> inheritedBy(@Nullable TicketRecord before, LineSummary line) {
    NavigableSet<TicketKey> lines = new TreeSet<>(line.inheritedBy());
    if (before != null) {
      before.inheritedBy().stream()
          .filter(key -> !judgedLines.contains(key))
          .filter(key -> !sightings.knowsAll(key.registry(), key.repository()))
          .forEach(lines::add);
    }
    return lines.stream().limit(TicketRecord.MAX_LINES).toList();
  }

  private static String content(
      LineSummary line,
      List<TicketImage> images,
      List<TicketFinding> findings,
      List<TicketFinding> carried,
      List<TicketKey> inheritedBy) {
    StringBuilder text = new StringBuilder(TEXT).append(String.join("\n", line.content()));
    for (TicketFinding finding : findings) {
      finding.bases().forEach(base -> text.append(finding.fingerprint()).append(' ').append(base));
    }
    inheritedBy.forEach(key -> text.append('\n').append(key));
    for (TicketFinding finding : carried) {
      text.append('\n').append(finding.fingerprint()).append(' ').append(finding.severity());
      finding.images().forEach(position -> text.append(' ').append(images.get(position)));
    }
    return Sha256.of(text.toString());
  }
}
