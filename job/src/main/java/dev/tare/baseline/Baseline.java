package dev.tare.baseline;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import dev.tare.facts.Image;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import dev.tare.finding.TagLine;
import dev.tare.finding.Waiver;
import dev.tare.finding.WaiverUse;
import dev.tare.text.ConfigNode;
import dev.tare.text.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The findings that are known and do not fail until a date: only new ones do. Remembers which of
 * its entries are still there. Safe for concurrent use.
 *
 * <pre>
 * baseline:
 *   since: 2026-11-30
 *   until: 2027-05-29
 *   findings:
 *     - {rule: TARE-TOOL-001, image: "localhost:5001/team/web:*", fingerprint: 1e98909a…}
 * </pre>
 */
public final class Baseline {
  private static final String FORM = "tare baseline writes such a file; docs/baseline.md shows it.";

  private final Map<String, BaselineEntry> entries = new TreeMap<>();
  private final Set<String> used = ConcurrentHashMap.newKeySet();
  private final Set<String> expired = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final Set<String> lines = ConcurrentHashMap.newKeySet();
  private final Set<String> registries = ConcurrentHashMap.newKeySet();

  private Baseline(Collection<BaselineEntry> entries) {
    entries.forEach(entry -> this.entries.put(entry.key(), entry));
  }

  /** Nothing is known. */
  public static Baseline none() {
    return new Baseline(List.of());
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws TareException of kind USAGE where it cannot be read or is no baseline
   */
  public static Baseline read(Path file) {
    JsonNode root =
        YamlFile.read("baseline", file, "tare baseline writes one from the last scan.", FORM);
    return of(root, file.toString());
  }

  /** The document; {@code source} names it in errors. */
  static Baseline of(JsonNode root, String source) {
    ConfigNode baseline =
        new ConfigNode(source, root.isObject() ? root : JsonMapper.shared().createObjectNode())
            .only(Set.of("baseline"))
            .get("baseline");
    if (!baseline.isPresent()) {
      throw new TareException(
          FailureKind.USAGE, "read baseline " + source + ": it has no key baseline", FORM);
    }
    baseline.only(Set.of("since", "until", "findings"));
    LocalDate since = baseline.get("since").date();
    LocalDate until = baseline.get("until").date();
    List<BaselineEntry> entries = new ArrayList<>();
    for (ConfigNode node : baseline.get("findings").elements()) {
      node.only(Set.of("rule", "image", "fingerprint", "since", "until"));
      entries.add(
          new BaselineEntry(
              node.get("rule").text(),
              node.get("image").text(),
              node.get("fingerprint").text(),
              node.get("since").isPresent() ? node.get("since").date() : since,
              node.get("until").isPresent() ? node.get("until").date() : until));
    }
    return new Baseline(entries);
  }

  /**
   * The failures of a run, notes left out, which make no image fail. Failures that somebody waived
   * are not among them, those that a baseline knew are.
   *
   * @param earlier what was known before: it keeps its dates as long as they are not over
   * @param since the day on which the others became known
   * @param until their last day
   */
  public static Baseline of(
      RunResults results, Baseline earlier, LocalDate since, LocalDate until) {
    List<BaselineEntry> entries = new ArrayList<>();
    results.forEachVerdict(image -> {
      String line = line(image);
      for (Outcome outcome : image.outcomes()) {
        Waiver waiver = outcome.waiver();
        boolean fails =
            outcome.kind() == OutcomeKind.FAIL || (waiver != null && waiver.comesFromBaseline());
        if (fails && outcome.severity() != Severity.NOTE) {
          BaselineEntry entry =
              new BaselineEntry(outcome.rule(), line, outcome.fingerprint(), since, until);
          BaselineEntry known = earlier.entries.get(entry.key());
          entries.add(known == null || known.until().isBefore(since) ? entry : known);
        }
      }
    });
    return new Baseline(entries);
  }

  /** How many findings are known. */
  public int size() {
    return entries.size();
  }

  /** How many of these this one does not know. */
  public int without(Baseline others) {
    return (int) others.entries.keySet().stream().filter(key -> !entries.containsKey(key)).count();
  }

  /**
   * Writes a file that people can review, the same for the same findings.
   *
   * @param since when what it does not date otherwise became known
   * @param until its last day
   * @throws TareException of kind ENVIRONMENT where it cannot be written
   */
  public void write(Path file, LocalDate since, LocalDate until) {
    try {
      Files.writeString(file, text(since, until));
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT, "write baseline " + file + ": " + FileReason.of(e), null, e);
    }
  }

  /** The same as text. */
  public String text(LocalDate since, LocalDate until) {
    StringBuilder text = new StringBuilder();
    text.append(
            "# Findings that are known: with --baseline they do not fail until their date, and new ones do.\n")
        .append(
            "# Written by tare baseline; what is fixed is left out the next time. An entry that is deleted fails again.\n")
        .append("baseline:\n  since: ")
        .append(since)
        .append("\n  until: ")
        .append(until)
        .append("\n  findings:")
        .append(entries.isEmpty() ? " []\n" : "\n");
    entries.values().stream()
        .sorted(BaselineEntry.ORDER)
        .forEach(entry -> text.append(line(entry, since, until)));
    return text.toString();
  }

  private static String line(BaselineEntry entry, LocalDate since, LocalDate until) {
    return "    - {rule: "
        + quoted(entry.rule())
        + ", image: "
        + quoted(entry.image())
        + ", fingerprint: "
        + quoted(entry.fingerprint())
        + (entry.since().equals(since) ? "" : ", since: " + entry.since())
        + (entry.until().equals(until) ? "" : ", until: " + entry.until())
        + "}\n";
  }

  /** A JSON string, which is one of YAML too. */
  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }

  /**
   * These outcomes of an image, its known failures waived until their date. The day is that of
   * {@code evaluatedAt}, in UTC.
   */
  public List<Outcome> apply(JsonNode facts, List<Outcome> outcomes) {
    if (entries.isEmpty()) {
      return outcomes;
    }
    LocalDate today =
        Instant.parse(facts.path("evaluatedAt").asString()).atZone(ZoneOffset.UTC).toLocalDate();
    Image image = StoredFacts.of(facts).image();
    String registry = Objects.requireNonNullElse(image.registry(), "");
    String line = line(registry, Objects.requireNonNullElse(image.repository(), ""), image.tags());
    lines.add(line);
    registries.add(registry);
    return outcomes.stream().map(outcome -> known(outcome, line, today)).toList();
  }

  private Outcome known(Outcome outcome, String line, LocalDate today) {
    if (outcome.kind() == OutcomeKind.UNKNOWN) {
      unknown.add(line + "\n" + outcome.rule());
    }
    String key = new BaselineEntry(outcome.rule(), line, outcome.fingerprint(), today, today).key();
    BaselineEntry entry = entries.get(key);
    if (entry == null
        || (outcome.kind() != OutcomeKind.FAIL && outcome.kind() != OutcomeKind.WAIVED)) {
      return outcome;
    }
    used.add(key);
    if (outcome.kind() == OutcomeKind.WAIVED) {
      return outcome;
    }
    if (entry.until().isBefore(today)) {
      expired.add(key);
      return outcome.answered(
          OutcomeKind.FAIL,
          outcome.message() + " The baseline knew it until " + entry.until() + ".",
          null);
    }
    return outcome.answered(OutcomeKind.WAIVED, outcome.message(), waiver(entry));
  }

  private static Waiver waiver(BaselineEntry entry) {
    return Waiver.ofBaseline(entry.since(), entry.until());
  }

  /**
   * What is wrong with it: entries that are stale, because their line was judged and has no such
   * finding any more, and those that have expired. Where it is of other registries than all that
   * was judged, one for each of its registries.
   */
  public List<WaiverUse> problems() {
    if (!registries.isEmpty() && !entries.isEmpty()) {
      Map<String, BaselineEntry> known = new TreeMap<>();
      entries.values().forEach(entry -> known.putIfAbsent(registry(entry.image()), entry));
      if (known.keySet().stream().noneMatch(registries::contains)) {
        return known.entrySet().stream()
            .map(entry ->
                use("**", entry.getKey() + "/**", entry.getValue(), WaiverUse.State.UNUSED))
            .toList();
      }
    }
    List<WaiverUse> problems = new ArrayList<>();
    entries.forEach((key, entry) -> {
      if (expired.contains(key)) {
        problems.add(use(entry.rule(), entry.image(), entry, WaiverUse.State.EXPIRED));
      } else if (lines.contains(entry.image())
          && !used.contains(key)
          && !unknown.contains(entry.image() + "\n" + entry.rule())) {
        problems.add(use(entry.rule(), entry.image(), entry, WaiverUse.State.UNUSED));
      }
    });
    return problems;
  }

  private static WaiverUse use(
      String rule, String image, BaselineEntry entry, WaiverUse.State state) {
    return new WaiverUse(rule, image, waiver(entry), state);
  }

  private static String registry(String image) {
    return image.split("/", 2)[0];
  }

  private static String line(JudgedImage image) {
    return line(image.registry(), image.repository(), image.tags());
  }

  private static String line(String registry, String repository, List<String> tags) {
    return TagLine.of(tags).of(registry, repository);
  }
}
