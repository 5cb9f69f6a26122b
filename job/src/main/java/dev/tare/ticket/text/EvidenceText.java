package dev.tare.ticket.text;

import dev.tare.facts.Layer;
import dev.tare.finding.RuleDoc;
import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketImage;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.text.FoundIn.InLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What fails, layer by layer with the step that made it, as lines of a code block:
 *
 * <pre>
 * layer 0, of the base: ADD rootfs.tar /
 *   high      TARE-TOOL-001  Image holds a shell: /bin/bash, /bin/sh
 * the image as a whole
 *   high      TARE-USER-001  No user is configured, so a container runs as root.
 * </pre>
 */
final class EvidenceText {
  private static final int STEP = 300;
  private static final int LINE = 240;
  private static final int MAX_FINDINGS = 150;

  private final Map<String, RuleDoc> rules;

  EvidenceText(Map<String, RuleDoc> rules) {
    this.rules = rules;
  }

  /** The findings of a ticket that this run saw; layers root first, each in order of severity. */
  List<String> lines(TicketRecord ticket, List<TicketFinding> findings, LineDetail detail) {
    boolean several = findings.stream().map(one -> image(one, detail)).distinct().count() > 1;
    Map<Place, List<String>> places = new TreeMap<>();
    int shown = 0;
    int more = 0;
    for (TicketFinding finding : findings) {
      FoundIn found = detail.failed().get(finding.fingerprint());
      if (found == null) {
        continue; // carried from an earlier run: told below
      }
      if (shown == MAX_FINDINGS) {
        more++;
        continue;
      }
      shown++;
      String on = on(ticket, finding);
      if (found.layers().isEmpty()) {
        Place place = Place.ofImage(found.step());
        add(places, place, line(finding, found.message(), on));
      }
      for (InLayer layer : found.layers()) {
        Place place = Place.of(layer.layer(), several ? found.image() : null);
        add(places, place, line(finding, what(finding, found, layer), on));
      }
    }
    List<String> lines = new ArrayList<>();
    places.forEach((place, those) -> {
      lines.add(place.heading());
      lines.addAll(those);
    });
    if (more > 0) {
      lines.add("and " + more + " more, in the report of the run");
    }
    return lines;
  }

  private static void add(Map<Place, List<String>> places, Place place, String line) {
    places.computeIfAbsent(place, none -> new ArrayList<>()).add(line);
  }

  private static String image(TicketFinding finding, LineDetail detail) {
    FoundIn found = detail.failed().get(finding.fingerprint());
    return found == null ? "" : found.image();
  }

  private static String line(TicketFinding finding, String what, String on) {
    return "  %-8s  %s  %s%s"
        .formatted(
            finding.severity().word(),
            MarkdownText.line(finding.rule(), LINE),
            MarkdownText.line(what, LINE),
            on);
  }

  private String what(TicketFinding finding, FoundIn found, InLayer layer) {
    RuleDoc rule = rules.get(finding.rule());
    if (rule == null || layer.names().isEmpty()) {
      return found.message();
    }
    int more = layer.all() - layer.names().size();
    return rule.title()
        + ": "
        + String.join(", ", layer.names())
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** Where a finding is on some of the images only: {@code [1.2, 1.3 linux/arm64]}. */
  private static String on(TicketRecord ticket, TicketFinding finding) {
    if (finding.images().size() == ticket.images().size()) {
      return "";
    }
    Map<String, Set<String>> all = platforms(ticket, null);
    List<String> names = new ArrayList<>();
    platforms(ticket, finding)
        .forEach((name, platforms) ->
            names.add(
                platforms.equals(all.get(name)) ? name : name + " " + String.join(" ", platforms)));
    int more = names.size() - 4;
    return names.isEmpty()
        ? ""
        : "  ["
            + MarkdownText.line(
                String.join(", ", names.subList(0, Math.min(4, names.size()))), LINE)
            + (more > 0 ? " and " + more + " more" : "")
            + "]";
  }

  /** Platforms of the failing images, or of those that a finding is about, by name. */
  private static Map<String, Set<String>> platforms(
      TicketRecord ticket, @Nullable TicketFinding finding) {
    Map<String, Set<String>> platforms = new LinkedHashMap<>();
    for (int at = 0; at < ticket.images().size(); at++) {
      if (finding == null || finding.images().contains(at)) {
        TicketImage image = ticket.images().get(at);
        platforms.computeIfAbsent(image.name(), none -> new TreeSet<>()).add(image.platform());
      }
    }
    return platforms;
  }

  /** What findings stand under. */
  private record Place(int index, String heading) implements Comparable<Place> {
    static Place of(Layer layer, @Nullable String image) {
      int index = layer.index() == null ? Integer.MAX_VALUE - 1 : layer.index();
      String step = layer.createdBy() == null ? "" : layer.createdBy();
      return new Place(
          index,
          "layer "
              + layer.index()
              + origin(layer.inBase())
              + (image == null ? "" : " of " + MarkdownText.line(image, LINE))
              + (step.isBlank()
                  ? ", made by a step that the history does not tell"
                  : ": " + MarkdownText.line(step, STEP)));
    }

    static Place ofImage(@Nullable String step) {
      return new Place(
          Integer.MAX_VALUE,
          step == null ? "the image as a whole" : "the step " + MarkdownText.line(step, STEP));
    }

    private static String origin(@Nullable Boolean inBase) {
      return inBase == null ? " (base or image: unknown)" : inBase ? " (base)" : " (this image)";
    }

    @Override
    public int compareTo(Place other) {
      return index == other.index
          ? heading.compareTo(other.heading)
          : Integer.compare(index, other.index);
    }
  }
}
