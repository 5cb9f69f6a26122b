package dev.tare.report.html;

import dev.tare.facts.Fact;
import dev.tare.facts.Layer;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.Comparison;
import dev.tare.finding.EarlierFinding;
import dev.tare.finding.FindingChange;
import dev.tare.finding.ImageHistory;
import dev.tare.finding.ImageSummary;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.PastRun;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import dev.tare.plan.Action;
import dev.tare.plan.Correction;
import dev.tare.plan.Plan;
import dev.tare.plan.Proposal;
import dev.tare.plan.Prospect;
import dev.tare.plan.ProspectText;
import dev.tare.plan.Saving;
import dev.tare.report.ReportInput;
import dev.tare.report.json.PlanJson;
import dev.tare.report.json.ReportJson;
import dev.tare.report.text.Cut;
import dev.tare.report.text.Interner;
import dev.tare.report.text.Severities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The page's data: the facts that it shows, with everything that images share (layers, tools,
 * packages, evidence) written once, in tables at the end, and named by number. {@code data.js}
 * reads it.
 *
 * <p>Tools and packages are grouped by the layer that brought them: images on one base then name
 * the same group, and a thousand of them cost little more than one.
 *
 * <pre>
 * {"run": …, "summary": …, "rules": […], "notInspected": […],
 *  "images": [{"reference": …, "results": "pffnu…", "findings": [[rule, kind, severity, message, evidence, waiver, new]],
 *              "layers": [[layer, inBase or null, wasted, hidden]], "tools": [[layerIndex, group]], …}],
 *  "tables": {"layers": [[digest, compressed, uncompressed, files, createdBy]], "tools": […], "toolGroups": […], …}}
 * </pre>
 */
public final class PageData {
  /** Properties of a tool and of a package in the order of their rows; data.js has the same. */
  private static final String[] TOOL = {
    "name",
    "category",
    "path",
    "target",
    "kind",
    "via",
    "size",
    "package",
    "owned",
    "version",
    "mode",
    "onPath",
    "usedByEntrypoint"
  };

  /** Of a vulnerability of a package. */
  private static final String[] VULNERABILITY = {
    "id",
    "severity",
    "package",
    "installed",
    "fixed",
    "status",
    "exploited",
    "epss",
    "severitySource",
    "source",
    "aliases",
    "vex"
  };

  private static final String EXCLUDED = "excluded";

  private static final String[] PACKAGE = {
    "type", "name", "version", "architecture", "installedSize"
  };

  /** Facts that the page shows and that may be incomplete. */
  private static final List<Fact> MAY_BE_INCOMPLETE =
      Stream.of(Fact.values()).filter(PageData::mayBeIncomplete).toList();

  /** Findings of the earlier run that are listed, of each kind of change. */
  private static final int ENDED = 200;

  /** Images that are named of those that inherit from a base. */
  private static final int INHERITING = 3;

  /** Actions of the plan that are shown. */
  private static final int ACTIONS = 5;

  private final PageLimits limits;
  private final JsonGenerator json;
  private final Interner<JsonNode> shared = new Interner<>();
  private final Interner<JsonNode> layers = new Interner<>();
  private final Interner<JsonNode> tools = new Interner<>();
  private final Interner<List<Integer>> toolGroups = new Interner<>();
  private final Interner<JsonNode> packages = new Interner<>();
  private final Interner<List<Integer>> packageGroups = new Interner<>();
  private final Interner<JsonNode> vulnerabilities = new Interner<>();
  private final Interner<List<Integer>> vulnerabilityGroups = new Interner<>();
  private final Interner<String> messages = new Interner<>();
  private final Interner<JsonNode> evidence = new Interner<>();
  private final Interner<String> ruleIds = new Interner<>();
  private final Map<String, Integer> runs = new HashMap<>();
  private ImageHistory history = ImageHistory.NONE;
  private @Nullable Comparison since;
  private WorstImages shown = WorstImages.ALL;
  private WorstImages detailed = WorstImages.ALL;
  private int position;
  private int leftOut;

  public PageData(PageLimits limits, JsonGenerator json) {
    this.limits = limits;
    this.json = json;
  }

  /**
   * What is read from layers, as far as the page tells it as a number or a list; of the layers
   * themselves the table says which could not be read.
   */
  private static boolean mayBeIncomplete(Fact fact) {
    return switch (fact) {
      case LAYERS,
          LAYERS_DIFF_ID,
          LAYERS_MEDIA_TYPE,
          LAYERS_FILES,
          BASE_OS_EOL,
          TOOLS_OWNED,
          TOOLS_USED_BY_ENTRYPOINT,
          PACKAGES,
          PACKAGES_ITEMS ->
          false;
      default -> fact.isReadFromLayers();
    };
  }

  /** Writes all that comes before the images. */
  void begin(ReportInput input) {
    RunResults results = input.results();
    since = input.since();
    for (RuleDoc rule : results.rules()) {
      ruleIds.number(rule.id());
    }
    if (results.summary().images() > Math.min(limits.images(), limits.detailedImages())) {
      shown = WorstImages.of(results, limits.images());
      detailed = WorstImages.of(results, limits.detailedImages());
    }
    header(results);
    changes();
    history(input);
    ReportJson.waivers(json, input.results().waivers(), limits.items());
    ReportJson.gone(json, results.gone(), limits.items());
    ReportJson.tickets(json, input.tickets(), limits.items());
    ReportJson.bases(
        json,
        input.bases().stream()
            .filter(base -> !base.smaller().isEmpty())
            .limit(limits.items())
            .toList());
    lists(results);
  }

  /** Like {@link #begin}, of a page that holds details of some images and nothing else. */
  void beginPart(ReportInput input) {
    RunResults results = input.results();
    since = input.since();
    results.rules().forEach(rule -> ruleIds.number(rule.id()));
    header(results);
    json.writeBooleanProperty("part", true);
    history(input);
    lists(results);
  }

  private void header(RunResults results) {
    json.writeStartObject();
    ReportJson.tool(json, results.run());
    ReportJson.run(json, results.run());
    ReportJson.summary(json, results.summary());
    ReportJson.own(json, results.own(), INHERITING);
  }

  private void lists(RunResults results) {
    ReportJson.rules(json, results.rules());
    ReportJson.notInspected(json, results.notInspected());
    json.writeArrayPropertyStart("images");
  }

  /** Whether the next image is one of those whose details stand here. */
  boolean nextInDetail() {
    return detailed.has(position);
  }

  /** Like report.json, but no more findings than somebody reads. */
  private void changes() {
    if (since == null) {
      return;
    }
    json.writeObjectPropertyStart("since");
    json.writeStringProperty("run", since.earlier().id());
    json.writeStringProperty("startedAt", since.earlier().startedAt().toString());
    for (FindingChange change : FindingChange.values()) {
      json.writeNumberProperty(change.word(), since.count(change));
    }
    json.writeArrayPropertyStart("ended");
    for (FindingChange change : FindingChange.values()) {
      for (EarlierFinding finding : since.ended(change).stream().limit(ENDED).toList()) {
        json.writeStartArray();
        json.writeString(change.word());
        json.writeString(finding.rule());
        json.writeString(finding.severity().word());
        json.writeString(finding.reference());
        json.writeString(finding.platform());
        json.writeEndArray();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void history(ReportInput input) {
    history = input.images();
    json.writeArrayPropertyStart("history");
    for (PastRun run : input.history()) {
      runs.put(run.id(), runs.size());
      json.writeStartObject();
      json.writeStringProperty("run", run.id());
      json.writeStringProperty("startedAt", run.startedAt().toString());
      ReportJson.summary(json, run.summary());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * Writes all that comes after the images.
   *
   * @param plan what to do first; null on a page that is a part
   */
  public void end(@Nullable Plan plan) {
    json.writeEndArray();
    json.writeNumberProperty("imagesLeftOut", leftOut);
    if (plan != null) {
      actions(plan);
    }
    tables();
    json.writeEndObject();
  }

  /** The first actions; report.json has all of them, with their images. */
  private void actions(Plan plan) {
    json.writeArrayPropertyStart("actions");
    for (Action action : plan.actions().stream().limit(ACTIONS).toList()) {
      json.writeStartObject();
      json.writeStringProperty("title", action.title());
      json.writeStringProperty("subject", action.subject());
      json.writeBooleanProperty("base", action.base());
      json.writeNumberProperty("images", action.images().size());
      PlanJson.counts(json, "ends", action.ends());
      ReportJson.strings(
          json,
          "rules",
          Stream.concat(action.rules().stream(), action.aims().stream()).limit(1).toList());
      ReportJson.strings(
          json, "write", action.corrections().stream().map(Correction::write).limit(1).toList());
      Saving saves = action.saves();
      if (saves != null) {
        json.writeNumberProperty("pullBytes", saves.pullBytes());
        json.writeBooleanProperty("estimated", saves.estimated());
      }
      Proposal proposal = action.proposal();
      if (proposal != null) {
        json.writeStringProperty("proposal", proposal.reference());
        Prospect prospect = proposal.prospect();
        ReportJson.strings(
            json, "prospect", prospect == null ? List.of() : ProspectText.of(prospect));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void tables() {
    json.writeObjectPropertyStart("tables");
    ReportJson.strings(json, "rules", List.copyOf(ruleIds.values()));
    nodes("shared", shared);
    nodes("layers", layers);
    nodes("tools", tools);
    numbers("toolGroups", toolGroups);
    nodes("packages", packages);
    numbers("packageGroups", packageGroups);
    nodes("vulnerabilities", vulnerabilities);
    numbers("vulnerabilityGroups", vulnerabilityGroups);
    ReportJson.strings(json, "messages", List.copyOf(messages.values()));
    nodes("evidence", evidence);
    json.writeEndObject();
  }

  private void nodes(String name, Interner<JsonNode> table) {
    json.writeArrayPropertyStart(name);
    table.values().forEach(json::writeTree);
    json.writeEndArray();
  }

  private void numbers(String name, Interner<List<Integer>> table) {
    json.writeArrayPropertyStart(name);
    for (List<Integer> row : table.values()) {
      json.writeStartArray();
      row.forEach(json::writeNumber);
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /**
   * Adds an image.
   *
   * @param elsewhere the page with its details, where they are not here
   */
  void image(JudgedImage image, @Nullable String elsewhere) {
    int index = position++;
    if (!shown.has(index)) {
      leftOut++;
      return;
    }
    boolean inDetail = detailed.has(index);
    JsonNode document = image.facts();
    StoredFacts facts = StoredFacts.of(document);
    json.writeStartObject();
    json.writeStringProperty("reference", image.reference());
    json.writeStringProperty("registry", image.registry());
    json.writeStringProperty("repository", image.repository());
    ReportJson.strings(json, "tags", image.tags());
    ReportJson.usedBy(json, image.usedBy());
    json.writeStringProperty("digest", image.digest());
    json.writeStringProperty("platform", image.platform());
    json.writeStringProperty("verdict", image.verdict().word());
    json.writeNumberProperty("score", image.score());
    for (String name : List.of("profile", "layerCount", "size")) {
      copy(name, document.path(name));
    }
    JsonNode base = document.path("base");
    copy("created", document.path("image").path("created"));
    copy("ageDays", document.path("image").path("ageDays"));
    copy("class", base.path("class"));
    for (String name : List.of("os", "root", "lineage", "annotated", "outdated")) {
      share(name, base.path(name));
    }
    share("official", base.path("family"));
    json.writeObjectPropertyStart("counts");
    count("packages", facts.measured(Fact.PACKAGES_COUNT, facts.packages().count()));
    count("packagesAddedOverBase", facts.packages().addedOverBase());
    for (Fact list : List.of(Fact.TOOLS, Fact.HIDDEN_TOOLS, Fact.LEFTOVERS)) {
      count(list.word(), facts.count(list));
    }
    json.writeEndObject();
    json.writeArrayPropertyStart("incomplete");
    MAY_BE_INCOMPLETE.stream()
        .filter(fact -> !facts.isWhole(fact))
        .forEach(fact -> json.writeString(fact.word()));
    json.writeEndArray();
    json.writeArrayPropertyStart("gaps");
    elements(document.path("gaps"))
        .forEach(gap -> json.writeNumber(shared.number(trimmed(gap, limits.items()))));
    json.writeEndArray();
    share("vulnerable", summed(document.path("vulnerabilities")));
    outcomes(image.outcomes(), inDetail);
    json.writeBooleanProperty("detailed", inDetail);
    if (elsewhere != null) {
      json.writeStringProperty("page", elsewhere);
    }
    layers(facts, document);
    if (inDetail) {
      past(image);
      details(document);
    }
    json.writeEndObject();
  }

  /** Rows of {@code [run, digest or null for the same, verdict, compressed, [critical, …]]}. */
  private void past(JudgedImage image) {
    json.writeArrayPropertyStart("past");
    for (ImageSummary one : history.of(image)) {
      Integer run = runs.get(one.run());
      if (run != null) {
        json.writeStartArray();
        json.writeNumber(run);
        json.writeString(one.digest().equals(image.digest()) ? null : one.digest());
        json.writeString(one.verdict().word());
        number(one.compressedBytes());
        json.writeStartArray();
        for (Severity severity : Severities.WORST_FIRST) {
          json.writeNumber(one.findings().getOrDefault(severity, 0));
        }
        json.writeEndArray();
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  private void count(String name, @Nullable Number number) {
    json.writeName(name);
    number(number);
  }

  private void copy(String name, JsonNode node) {
    if (isThere(node)) {
      json.writeName(name);
      json.writeTree(trimmed(node, limits.items()));
    }
  }

  /** Like {@link #copy}, for what many images have alike: the number of its row in a table. */
  private void share(String name, JsonNode node) {
    if (isThere(node)) {
      json.writeNumberProperty(name, shared.number(trimmed(node, limits.items())));
    }
  }

  /** One letter a rule, at the rule's number: p, f, w, n, u, or a space where it did not run. */
  private void outcomes(List<Outcome> outcomes, boolean inDetail) {
    StringBuilder letters = new StringBuilder();
    List<Outcome> shown = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      int rule = ruleIds.number(outcome.rule());
      while (letters.length() <= rule) {
        letters.append(' ');
      }
      letters.setCharAt(rule, letter(outcome.kind()));
      if (outcome.kind() != OutcomeKind.PASS && outcome.kind() != OutcomeKind.NOT_APPLICABLE) {
        shown.add(outcome);
      }
    }
    json.writeStringProperty("results", letters.toString());
    json.writeArrayPropertyStart("findings");
    for (Outcome outcome : shown) {
      json.writeStartArray();
      json.writeNumber(ruleIds.number(outcome.rule()));
      json.writeString(String.valueOf(letter(outcome.kind())));
      json.writeString(outcome.severity().word());
      json.writeNumber(messages.number(cut(outcome.message())));
      json.writeNumber(
          inDetail ? evidence.number(trimmed(outcome.evidence(), limits.evidenceItems())) : -1);
      boolean isNew = since != null && since.of(outcome).orElse(null) == FindingChange.NEW;
      if (outcome.waiver() != null) {
        json.writeStartObject();
        ReportJson.waiver(json, outcome.waiver());
        json.writeEndObject();
      } else if (isNew) {
        json.writeNull();
      }
      if (isNew) {
        json.writeNumber(1);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static char letter(OutcomeKind kind) {
    return switch (kind) {
      case PASS -> 'p';
      case FAIL -> 'f';
      case WAIVED -> 'w';
      case NOT_APPLICABLE -> 'n';
      case UNKNOWN -> 'u';
    };
  }

  private void layers(StoredFacts facts, JsonNode document) {
    json.writeArrayPropertyStart("layers");
    List<JsonNode> rows = elements(document.path("layers"));
    List<Layer> known = facts.layers();
    for (int i = 0; i < rows.size(); i++) {
      json.writeStartArray();
      json.writeNumber(
          layers.number(
              picked(rows.get(i), "digest", "compressed", "uncompressed", "files", "createdBy")));
      Boolean inBase = known.get(i).inBase();
      number(inBase == null ? null : inBase ? 1 : 0);
      number(known.get(i).wasted());
      number(known.get(i).hiddenBytes());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void number(@Nullable Number number) {
    if (number == null) {
      json.writeNull();
    } else {
      json.writeNumber(number.longValue());
    }
  }

  private void details(JsonNode document) {
    for (String name : List.of("config", "labels")) {
      copy(name, document.path("image").path(name));
    }
    for (String name : List.of("leftovers", "state", "secrets")) {
      copy(name, document.path(name));
    }
    for (String name : List.of("privileged", "worldWritable", "services")) {
      share(name, document.path(name));
    }
    JsonNode installed = document.path("packages");
    copy("packageManagers", installed.path("managers"));
    grouped("tools", elements(document.path("tools")), tools, toolGroups, TOOL);
    grouped("hiddenTools", elements(document.path("hiddenTools")), tools, toolGroups, TOOL);
    grouped("packages", elements(installed.path("items")), packages, packageGroups, PACKAGE);
    JsonNode found = document.path("vulnerabilities").path("items");
    count("vulnerabilityCount", found.size());
    grouped(
        "vulnerabilities", elements(found), vulnerabilities, vulnerabilityGroups, VULNERABILITY);
    JsonNode excluded = document.path("vulnerabilities").path(EXCLUDED);
    count("excludedCount", excluded.size());
    grouped(EXCLUDED, elements(excluded), vulnerabilities, vulnerabilityGroups, VULNERABILITY);
  }

  /** What is counted of vulnerabilities, which equal packages have alike, without each of them. */
  private static JsonNode summed(JsonNode vulnerabilities) {
    ObjectNode numbers = JsonNodeFactory.instance.objectNode();
    vulnerabilities.properties().stream()
        .filter(entry -> !entry.getKey().equals("items") && !entry.getKey().equals(EXCLUDED))
        .forEach(entry -> numbers.set(entry.getKey(), entry.getValue()));
    return numbers;
  }

  private static boolean isThere(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }

  private static List<JsonNode> elements(JsonNode array) {
    return array.isArray() ? array.valueStream().toList() : List.of();
  }

  private void grouped(
      String name,
      List<JsonNode> items,
      Interner<JsonNode> table,
      Interner<List<Integer>> groups,
      String[] fields) {
    Map<Integer, List<Integer>> byLayer = new TreeMap<>();
    for (JsonNode item : items.subList(0, Math.min(items.size(), limits.items()))) {
      byLayer
          .computeIfAbsent(item.path("layer").asInt(-1), layer -> new ArrayList<>())
          .add(table.number(picked(item, fields)));
    }
    json.writeArrayPropertyStart(name);
    byLayer.forEach((layer, numbers) -> {
      json.writeStartArray();
      json.writeNumber(layer);
      json.writeNumber(groups.number(List.copyOf(numbers)));
      json.writeEndArray();
    });
    json.writeEndArray();
  }

  /** The values of these properties, JSON null where one is missing, without trailing nulls. */
  private ArrayNode picked(JsonNode object, String... names) {
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    for (String name : names) {
      JsonNode value = object.get(name);
      values.add(value == null ? values.nullNode() : trimmed(value, limits.items()));
    }
    while (!values.isEmpty() && values.get(values.size() - 1).isNull()) {
      values.remove(values.size() - 1);
    }
    return values;
  }

  /**
   * A copy within the limits. Where a list is cut, its last element says by how much: {@code
   * {"cut": 12}}; where an object is, its last property does.
   *
   * @param listed elements of each list in it
   */
  private JsonNode trimmed(JsonNode node, int listed) {
    if (node.isString()) {
      return JsonNodeFactory.instance.stringNode(cut(node.stringValue()));
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < Math.min(listed, node.size()); i++) {
        copy.add(trimmed(node.get(i), listed));
      }
      if (node.size() > listed) {
        copy.addObject().put("cut", node.size() - listed);
      }
      return copy;
    }
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      node.propertyStream()
          .limit(limits.items())
          .forEach(one -> copy.set(cut(one.getKey()), trimmed(one.getValue(), listed)));
      if (node.size() > limits.items()) {
        copy.put("…", node.size() - limits.items() + " more");
      }
      return copy;
    }
    return node;
  }

  private String cut(String text) {
    return Cut.to(text, limits.textLength());
  }
}
