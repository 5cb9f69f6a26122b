package dev.tare.facts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Known vulnerabilities of the packages, as the facts document has them; null is unknown. Numbers
 * are by severity; one that is missing is not known to be zero.
 *
 * @param known whether packages were matched with advisories
 * @param counts different vulnerabilities, each by the worst severity that a source gives it
 * @param fixable of those, what newer versions of all its packages fix
 * @param inBase of those, what ancestors alone brought
 * @param excluded what VEX statements say that the image does not have: in none of the numbers
 * @param imports what other scanners found, beside what is matched
 * @param notCovered packages that no source is about
 */
public record Vulnerabilities(
    @Nullable Boolean known,
    List<Source> sources,
    Map<String, Integer> counts,
    Map<String, Integer> fixable,
    Map<String, Integer> inBase,
    List<Item> items,
    List<Item> excluded,
    List<Import> imports,
    List<NotCovered> notCovered) {
  /** Words for how bad one is, the worst first; {@code unknown} where no source says it. */
  public static final List<String> SEVERITIES =
      List.of("critical", "high", "medium", "low", "negligible", "unknown");

  /** The kind of a source that is another scanner. */
  public static final String IMPORT = "import";

  /** Why nothing is known where there is nothing to match with. */
  public static final String NO_FEED =
      "no feed of advisories is kept (tare vulnerabilities update)";

  /** Nothing was matched. */
  public static final Vulnerabilities UNKNOWN =
      new Vulnerabilities(
          false, List.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of(), List.of(),
          List.of());

  /**
   * What packages were matched with.
   *
   * @param kind {@code feed} or {@code import}
   * @param name {@code osv:AlmaLinux:9}
   * @param revision digest of what it says
   * @param updatedAt RFC 3339: its newest change
   * @param covers types of package URLs
   * @param listsUnfixed whether it lists what nothing fixes yet; also null where it is about no
   *     packages
   */
  public record Source(
      @Nullable String kind,
      @Nullable String name,
      @Nullable String revision,
      @Nullable String updatedAt,
      List<String> covers,
      @Nullable Boolean listsUnfixed) {
    static Source of(Fields source) {
      return new Source(
          source.text("kind"),
          source.text("name"),
          source.text("revision"),
          source.text("updatedAt"),
          source.texts("covers"),
          source.flag("listsUnfixed"));
    }
  }

  /**
   * A vulnerability of one package.
   *
   * @param id {@code CVE-2026-0001}
   * @param aliases other identifiers of it, and of the advisories that name it
   * @param fixed first version without it; null also where there is none
   * @param severitySource who says the severity
   * @param cvss vector
   * @param exploited whether attacks are known
   * @param epss how likely attacks are; null where no list says it
   * @param source name of the source that says it
   * @param vex what the operator says of it; null where that is nothing
   */
  public record Item(
      @Nullable String id,
      List<String> aliases,
      @JsonProperty("package") @Nullable String packageName,
      @Nullable String purl,
      @Nullable String installed,
      @Nullable String fixed,
      @Nullable String status,
      @Nullable String severity,
      @Nullable String severitySource,
      @Nullable String cvss,
      @Nullable Integer layer,
      @Nullable Boolean inBase,
      @Nullable Boolean exploited,
      @Nullable Epss epss,
      @Nullable String source,
      @Nullable Vex vex) {
    static Item of(Fields item) {
      return new Item(
          item.text("id"),
          item.texts("aliases"),
          item.text("package"),
          item.text("purl"),
          item.text("installed"),
          item.text("fixed"),
          item.text("status"),
          item.text("severity"),
          item.text("severitySource"),
          item.text("cvss"),
          item.count("layer"),
          item.flag("inBase"),
          item.flag("exploited"),
          item.object("epss", Epss::of),
          item.text("source"),
          item.object("vex", Vex::of));
    }

    /** The same, of which the operator says this. */
    public Item with(@Nullable Vex said) {
      return new Item(
          id,
          aliases,
          packageName,
          purl,
          installed,
          fixed,
          status,
          severity,
          severitySource,
          cvss,
          layer,
          inBase,
          exploited,
          epss,
          source,
          said);
    }
  }

  /**
   * What the operator says of a vulnerability of a package.
   *
   * @param status {@code not_affected}, {@code affected}, {@code fixed}, {@code
   *     under_investigation}
   * @param justification why it is not affected, or what explains it
   * @param author who answers for it
   * @param statedAt RFC 3339
   * @param expires its last day
   * @param document the file it stands in
   */
  public record Vex(
      @Nullable String status,
      @Nullable String justification,
      @Nullable String author,
      @Nullable String statedAt,
      @Nullable String expires,
      @Nullable String document) {
    static Vex of(Fields vex) {
      return new Vex(
          vex.text("status"),
          vex.text("justification"),
          vex.text("author"),
          vex.text("statedAt"),
          vex.text("expires"),
          vex.text("document"));
    }
  }

  /**
   * What another scanner found in the image.
   *
   * @param scanner {@code trivy}
   * @param createdAt RFC 3339; null where the result does not say it
   * @param document the file it stands in
   * @param joinedBy how it is known to be about the image: {@code digest}, {@code layers}
   * @param counts different vulnerabilities by the scanner's severity
   * @param entries as the scanner counts, each package apart
   * @param both how many of them are matched too; null where nothing is compared
   * @param onlyImported those that no feed lists for what is installed
   * @param onlyMatched those that the scanner does not name
   */
  public record Import(
      @Nullable String scanner,
      @Nullable String version,
      @Nullable String createdAt,
      @Nullable String document,
      @Nullable String joinedBy,
      Map<String, Integer> counts,
      @Nullable Integer entries,
      @Nullable Integer both,
      List<String> onlyImported,
      List<String> onlyMatched) {
    static Import of(Fields one) {
      return new Import(
          one.text("scanner"),
          one.text("version"),
          one.text("createdAt"),
          one.text("document"),
          one.text("joinedBy"),
          one.countMap("counts"),
          one.count("entries"),
          one.count("both"),
          one.texts("onlyImported"),
          one.texts("onlyMatched"));
    }
  }

  /** The same with what other scanners found. */
  public Vulnerabilities with(List<Import> others) {
    return new Vulnerabilities(
        known, sources, counts, fixable, inBase, items, excluded, others, notCovered);
  }

  /**
   * How many vulnerabilities are excluded, each once however many packages have it; one that
   * another package still has is not.
   */
  public int excludedCount() {
    Set<String> excludedIds = ids(excluded);
    excludedIds.removeAll(ids(items));
    return excludedIds.size();
  }

  private static Set<String> ids(List<Item> items) {
    Set<String> ids = new HashSet<>();
    items.forEach(item -> ids.add(String.valueOf(item.id())));
    return ids;
  }

  /**
   * How likely attacks are in the next 30 days, by the Exploit Prediction Scoring System.
   *
   * @param score a probability, 0 to 1
   * @param percentile share of all vulnerabilities whose score is not higher, 0 to 1
   */
  public record Epss(@Nullable Double score, @Nullable Double percentile) {
    static Epss of(Fields epss) {
      return new Epss(epss.fraction("score"), epss.fraction("percentile"));
    }
  }

  /** The highest probability of an attack among them; null where no list says one. */
  public @Nullable Double highestEpss() {
    Double highest = null;
    for (Item item : items) {
      Epss epss = item.epss();
      Double score = epss == null ? null : epss.score();
      if (score != null && (highest == null || score > highest)) {
        highest = score;
      }
    }
    return highest;
  }

  /** Packages of a type that no source is about. */
  public record NotCovered(@Nullable String type, @Nullable String reason) {
    static NotCovered of(Fields part) {
      return new NotCovered(part.text("type"), part.text("reason"));
    }
  }

  /** Whether packages were matched with advisories. */
  public boolean isKnown() {
    return Boolean.TRUE.equals(known);
  }

  /** Whether the numbers are what another scanner found, since no feed is about the image. */
  public boolean comesFromScanner() {
    return sources.stream().anyMatch(source -> IMPORT.equals(source.kind()));
  }

  /** All severities together. */
  public static int sum(Map<String, Integer> bySeverity) {
    return bySeverity.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether the first of two severities is the worse. */
  public static boolean isWorse(String one, String other) {
    return SEVERITIES.indexOf(one) < SEVERITIES.indexOf(other);
  }

  static Vulnerabilities of(Fields vulnerabilities) {
    return new Vulnerabilities(
        vulnerabilities.flag("known"),
        vulnerabilities.items("sources", Source::of),
        vulnerabilities.countMap("counts"),
        vulnerabilities.countMap("fixable"),
        vulnerabilities.countMap("inBase"),
        vulnerabilities.items("items", Item::of),
        vulnerabilities.items("excluded", Item::of),
        vulnerabilities.items("imports", Import::of),
        vulnerabilities.items("notCovered", NotCovered::of));
  }
}
