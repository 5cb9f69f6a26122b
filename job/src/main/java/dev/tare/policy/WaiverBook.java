package dev.tare.policy;

import dev.tare.error.TareException;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Waiver;
import dev.tare.finding.WaiverUse;
import dev.tare.finding.WaiverUse.State;
import dev.tare.oci.Glob;
import dev.tare.text.ConfigNode;
import dev.tare.text.YamlFile;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who answers for which failed rule of which images, until when. Remembers which of its entries
 * were needed. Safe for concurrent use.
 */
public final class WaiverBook {
  private final List<Line> lines;
  private final Set<Integer> used = ConcurrentHashMap.newKeySet();
  private final Set<Integer> expired = ConcurrentHashMap.newKeySet();

  private record Line(WaiverEntry entry, Glob rule, Glob image) {
    boolean concerns(String id, Collection<String> names) {
      return rule.matches(id) && names.stream().anyMatch(image::matches);
    }
  }

  private WaiverBook(List<WaiverEntry> entries) {
    lines =
        entries.stream()
            .map(entry -> new Line(entry, Glob.of(entry.rule()), Glob.of(entry.image())))
            .toList();
  }

  /** No waivers. */
  public static WaiverBook none() {
    return new WaiverBook(List.of());
  }

  /**
   * Reads a YAML or JSON file with the key {@code waivers}.
   *
   * @throws TareException of kind USAGE where it cannot be read, or an entry lacks rule, image,
   *     reason, owner or expires
   */
  public static WaiverBook read(Path file) {
    JsonNode root =
        YamlFile.read(
            "waivers",
            file,
            "Name an existing file with --waivers, or leave it out to waive nothing.",
            "Fix the YAML; config/waivers.yaml shows the form.");
    return of(root, file.toString());
  }

  /** The waivers of a document with the key {@code waivers}; {@code source} names it in errors. */
  static WaiverBook of(JsonNode root, String source) {
    boolean empty = root.isMissingNode() || root.isNull();
    ConfigNode node = new ConfigNode(source, empty ? JsonMapper.shared().createObjectNode() : root);
    return new WaiverBook(
        node.only(Set.of("waivers")).get("waivers").elements().stream()
            .map(WaiverBook::entry)
            .toList());
  }

  private static WaiverEntry entry(ConfigNode node) {
    node.only(Set.of("rule", "image", "reason", "owner", "expires", "ticket"));
    ConfigNode ticket = node.get("ticket");
    return new WaiverEntry(
        node.get("rule").text(),
        node.get("image").text(),
        new Waiver(
            node.get("reason").text(),
            node.get("owner").text(),
            node.get("expires").date(),
            ticket.isPresent() ? ticket.text() : null));
  }

  /**
   * Fails where an entry names a rule that does not exist.
   *
   * @throws TareException of kind USAGE
   */
  public void check(Collection<RuleDoc> rules) {
    Set<String> known = new TreeSet<>(rules.stream().map(RuleDoc::id).toList());
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (known.stream().noneMatch(line.rule()::matches)) {
        throw ConfigNode.unknownKey("waivers[" + i + "].rule", line.entry().rule(), known);
      }
    }
  }

  /**
   * These outcomes of an image, its failures waived where an entry says so and has not expired. A
   * failure with an expired waiver stays one and says so. The day is that of {@code evaluatedAt},
   * in UTC.
   */
  public List<Outcome> apply(JsonNode facts, List<Outcome> outcomes) {
    if (lines.isEmpty()) {
      return outcomes;
    }
    LocalDate today =
        Instant.parse(facts.path("evaluatedAt").asString()).atZone(ZoneOffset.UTC).toLocalDate();
    List<String> names = names(facts);
    return outcomes.stream()
        .map(
            outcome -> outcome.kind() == OutcomeKind.FAIL ? waived(outcome, names, today) : outcome)
        .toList();
  }

  /** The entries in the order of the file, and whether a failure needed them so far. */
  public List<WaiverUse> uses() {
    return IntStream.range(0, lines.size()).mapToObj(this::use).toList();
  }

  private WaiverUse use(int index) {
    WaiverEntry entry = lines.get(index).entry();
    State state =
        expired.contains(index) ? State.EXPIRED : used.contains(index) ? State.USED : State.UNUSED;
    return new WaiverUse(entry.rule(), entry.image(), entry.waiver(), state);
  }

  private Outcome waived(Outcome outcome, List<String> names, LocalDate today) {
    List<Waiver> matching = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).concerns(outcome.rule(), names)) {
        used.add(i);
        if (lines.get(i).entry().waiver().expires().isBefore(today)) {
          expired.add(i);
        }
        matching.add(lines.get(i).entry().waiver());
      }
    }
    Optional<Waiver> last = matching.stream().max(Comparator.comparing(Waiver::expires));
    if (last.isEmpty()) {
      return outcome;
    }
    Waiver waiver = last.get();
    return waiver.expires().isBefore(today)
        ? outcome.answered(
            OutcomeKind.FAIL,
            outcome.message()
                + " The waiver of "
                + waiver.owner()
                + " expired on "
                + waiver.expires()
                + ".",
            null)
        : outcome.answered(OutcomeKind.WAIVED, outcome.message(), waiver);
  }

  /** All names an entry may know the image by. */
  private static List<String> names(JsonNode facts) {
    ImageName image = ImageName.of(facts);
    List<String> names = new ArrayList<>();
    for (String name : List.of(image.repository(), image.registry() + "/" + image.repository())) {
      names.add(name);
      image.tags().forEach(tag -> names.add(name + ":" + tag));
      names.add(name + "@" + facts.path("image").path("digest").asString(""));
    }
    return names;
  }
}
