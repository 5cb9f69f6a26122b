package dev.tare.diff;

import dev.tare.diff.ImageDiff.Finding;
import dev.tare.diff.ImageDiff.Quantity;
import dev.tare.diff.ImageDiff.Value;
import dev.tare.facts.Fact;
import dev.tare.facts.Layer;
import dev.tare.facts.Packages;
import dev.tare.facts.StoredFacts;
import dev.tare.facts.Tool;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.inspect.FileDifferences;
import dev.tare.inspect.MaskedText;
import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares the facts of two images and what rules say of them. */
public final class ImageComparer {
  /** What is compared: a gap of another fact says nothing about it. */
  private static final List<Fact> COMPARED =
      List.of(
          Fact.SIZE_FILES,
          Fact.SIZE_WASTED,
          Fact.LAYERS,
          Fact.LAYERS_FILES,
          Fact.TOOLS,
          Fact.PACKAGES_COUNT,
          Fact.PACKAGES_ITEMS,
          Fact.BASE_CLASS,
          Fact.BASE_OS,
          Fact.BASE_OS_EOL);

  /** Stands for the value of a variable that facts do not have. */
  private static final String HELD_BACK = "(held back: it may be a secret)";

  private static final String NOT_KNOWN = "(not known)";

  /** Where values of both are the same only as far as they are shown. */
  private static final String CONFIG = "image.config";

  private ImageComparer() {}

  /** What differs, files besides. */
  public static ImageDiff compare(
      ComparedImage before, ComparedImage after, FileDifferences files) {
    StoredFacts one = before.facts();
    StoredFacts other = after.facts();
    VulnerabilityChanges vulnerabilities = new VulnerabilityChanges(one, other);
    Map<String, String> first = configuration(before.document());
    Map<String, String> second = configuration(after.document());
    Set<Digest> ofBefore = digests(one);
    Set<Digest> ofAfter = digests(other);
    return new ImageDiff(
        before,
        after,
        Stream.concat(sizes(one, other).stream(), vulnerabilities.numbers().stream()).toList(),
        (int) other.layers().stream().filter(layer -> ofBefore.contains(layer.digest())).count(),
        one.layers().stream().filter(layer -> !ofAfter.contains(layer.digest())).toList(),
        other.layers().stream().filter(layer -> !ofBefore.contains(layer.digest())).toList(),
        files,
        values(packages(one), packages(other)),
        values(tools(one), tools(other)),
        vulnerabilities.values(),
        values(first, second),
        findings(before.outcomes(), after.outcomes()),
        notMeasured(one, other, isMasked(first, second), vulnerabilities.isWhole()));
  }

  /** Whether known vulnerabilities of both can be compared one by one, and all of them. */
  public static boolean isWholeByVulnerabilities(ComparedImage before, ComparedImage after) {
    return new VulnerabilityChanges(before.facts(), after.facts()).isWhole();
  }

  private static Set<Digest> digests(StoredFacts facts) {
    Set<Digest> digests = new HashSet<>();
    facts.layers().stream().map(Layer::digest).filter(Objects::nonNull).forEach(digests::add);
    return digests;
  }

  private static List<Quantity> sizes(StoredFacts one, StoredFacts other) {
    return List.of(
        new Quantity("compressed", one.size().compressed(), other.size().compressed(), true),
        new Quantity("unpacked", one.size().uncompressed(), other.size().uncompressed(), true),
        new Quantity("wasted", one.size().wasted(), other.size().wasted(), true),
        new Quantity("files", one.size().files(), other.size().files(), false),
        new Quantity("layers", number(one.layerCount()), number(other.layerCount()), false),
        new Quantity("packages", packageCount(one), packageCount(other), false),
        new Quantity(
            "tools", number(one.count(Fact.TOOLS)), number(other.count(Fact.TOOLS)), false));
  }

  private static @Nullable Long packageCount(StoredFacts facts) {
    int count = facts.packageItems().size();
    return count == 0 && !facts.isWhole(Fact.PACKAGES_ITEMS) ? null : Long.valueOf(count);
  }

  private static @Nullable Long number(@Nullable Integer number) {
    return number == null ? null : Long.valueOf(number);
  }

  /** The versions of each package, by its type and name. */
  private static Map<String, String> packages(StoredFacts facts) {
    Map<String, SortedSet<String>> versions = new TreeMap<>();
    for (Packages.Item item : facts.packageItems()) {
      add(versions, item.type() + " " + item.name(), item.version());
    }
    return joined(versions);
  }

  /** The paths of each tool, by its name and category. */
  private static Map<String, String> tools(StoredFacts facts) {
    Map<String, SortedSet<String>> paths = new TreeMap<>();
    for (Tool tool : facts.tools()) {
      String category = Objects.requireNonNullElse(tool.category(), "other");
      add(paths, tool.name() + " (" + category + ")", tool.path());
    }
    return joined(paths);
  }

  private static void add(
      Map<String, SortedSet<String>> values, String name, @Nullable String value) {
    values
        .computeIfAbsent(name, none -> new TreeSet<>())
        .add(Objects.requireNonNullElse(value, "?"));
  }

  private static Map<String, String> joined(Map<String, SortedSet<String>> values) {
    Map<String, String> texts = new TreeMap<>();
    values.forEach((name, all) -> texts.put(name, String.join(", ", all)));
    return texts;
  }

  /** How a container runs, what is written on the image, and what it stands on. */
  private static Map<String, String> configuration(JsonNode facts) {
    Map<String, String> values = new TreeMap<>();
    JsonNode image = facts.path("image");
    image.path("config").properties().forEach(entry -> add(values, entry));
    image
        .path("labels")
        .properties()
        .forEach(label -> values.put("label " + label.getKey(), text(label.getValue())));
    StoredFacts known = StoredFacts.of(facts);
    values.put("platform", known.image().platform());
    JsonNode base = facts.path("base");
    put(values, "base", base.path("parent").path("reference"));
    put(values, "base class", base.path("class"));
    put(values, "system", base.path("os").path("prettyName"));
    put(values, "system until", base.path("os").path("eol"));
    if (!"scratch".equals(values.get("base class"))) {
      values.putIfAbsent("base", NOT_KNOWN);
    }
    putUnknown(values, "base class", known, Fact.BASE_CLASS);
    putUnknown(values, "system", known, Fact.BASE_OS);
    putUnknown(values, "system until", known, Fact.BASE_OS_EOL);
    return values;
  }

  private static void putUnknown(
      Map<String, String> values, String name, StoredFacts known, Fact fact) {
    if (!known.isWhole(fact)) {
      values.putIfAbsent(name, NOT_KNOWN);
    }
  }

  /** Whether something is the same on both sides only because it is not shown. */
  private static boolean isMasked(Map<String, String> before, Map<String, String> after) {
    return before.entrySet().stream()
        .anyMatch(entry ->
            (entry.getValue().equals(HELD_BACK) || entry.getValue().contains(MaskedText.MASK))
                && entry.getValue().equals(after.get(entry.getKey())));
  }

  private static void add(Map<String, String> values, Map.Entry<String, JsonNode> entry) {
    if (entry.getKey().equals("env")) {
      for (JsonNode variable : entry.getValue()) {
        JsonNode value = variable.path("value");
        values.put("env " + text(variable.path("name")), value.isNull() ? HELD_BACK : text(value));
      }
    } else {
      put(values, entry.getKey(), entry.getValue());
    }
  }

  private static void put(Map<String, String> values, String name, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull() && !(value.isContainer() && value.isEmpty())) {
      values.put(name, text(value));
    }
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }

  private static List<Value> values(Map<String, String> before, Map<String, String> after) {
    List<Value> values = new ArrayList<>();
    SortedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      String old = before.get(name);
      String now = after.get(name);
      if (!Objects.equals(old, now)) {
        values.add(new Value(name, old, now));
      }
    }
    return values;
  }

  private static List<Finding> findings(List<Outcome> before, List<Outcome> after) {
    Map<String, Outcome> old = byRule(before);
    Map<String, Outcome> now = byRule(after);
    SortedSet<String> rules = new TreeSet<>(old.keySet());
    rules.addAll(now.keySet());
    List<Outcome> worst = new ArrayList<>();
    Map<String, Finding> findings = new HashMap<>();
    for (String rule : rules) {
      Outcome one = old.get(rule);
      Outcome other = now.get(rule);
      String from = word(one);
      String to = word(other);
      if (!Objects.equals(from, to)) {
        Outcome told = isFailed(one) && !isFailed(other) ? one : other == null ? one : other;
        if (told != null) {
          worst.add(told);
          findings.put(rule, new Finding(rule, from, to, told.message()));
        }
      }
    }
    worst.sort(
        Comparator.comparing(ImageComparer::isFailed)
            .thenComparing(Outcome::severity)
            .reversed()
            .thenComparing(Outcome::rule));
    return worst.stream()
        .map(outcome -> Objects.requireNonNull(findings.get(outcome.rule())))
        .toList();
  }

  private static Map<String, Outcome> byRule(List<Outcome> outcomes) {
    Map<String, Outcome> byRule = new HashMap<>();
    outcomes.forEach(outcome -> byRule.put(outcome.rule(), outcome));
    return byRule;
  }

  private static boolean isFailed(@Nullable Outcome outcome) {
    return outcome != null && outcome.kind() == OutcomeKind.FAIL;
  }

  private static @Nullable String word(@Nullable Outcome outcome) {
    if (outcome == null) {
      return null;
    }
    return isFailed(outcome) ? "fail " + outcome.severity().word() : outcome.kind().word();
  }

  private static List<String> notMeasured(
      StoredFacts one, StoredFacts other, boolean masked, boolean vulnerabilitiesAreWhole) {
    List<String> words = new ArrayList<>();
    COMPARED.stream()
        .filter(fact -> !one.isWhole(fact) || !other.isWhole(fact))
        .map(Fact::word)
        .forEach(words::add);
    if (masked) {
      words.add(CONFIG);
    }
    if (!vulnerabilitiesAreWhole) {
      words.add(Fact.VULNERABILITIES.word());
    }
    return words;
  }
}
