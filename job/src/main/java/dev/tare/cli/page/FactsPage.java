package dev.tare.cli.page;

import dev.tare.cli.terminal.Bytes;
import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.lineage.ImageName;
import dev.tare.lineage.Material;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The facts of one image, readable at the terminal. Shows what is there; lists of a thousand are
 * for {@code --format json}.
 */
public final class FactsPage {
  /** Of words that may be many. */
  private static final int MAX_WORDS = 8;

  /** Types of packages that no manager of the system keeps. */
  private static final Set<String> LANGUAGES = Set.of("maven", "pypi", "npm", "golang");

  /** What stands in the place of a fact that nobody knows. */
  private static final String UNKNOWN = "?";

  private final PageText text;

  public FactsPage(PageText text) {
    this.text = text;
  }

  public void print(JsonNode facts) {
    JsonNode image = facts.path("image");
    title(facts);
    JsonNode platform = image.path("platform");
    text.line(
        "platform",
        platform.path("os").asString("?")
            + "/"
            + platform.path("architecture").asString("?")
            + (platform.path("variant").isString()
                ? "/" + platform.path("variant").asString()
                : ""));
    text.line("created", created(image));
    base(facts.path("base"), image.path("history"), facts.path("provenance"));
    size(facts);
    configuration(image.path("config"), facts.path("accounts"));
    packages(facts.path("packages"));
    provenance(facts.path("provenance"));
    layers(facts.path("layers"));
    new ContentsPage(text).print(facts);
    gaps(facts.path("gaps"));
  }

  /** Which image it is. */
  public void title(JsonNode facts) {
    JsonNode image = facts.path("image");
    text.title(reference(image));
    text.line("digest", image.path("digest").asString(""));
  }

  private static String reference(JsonNode image) {
    String repository =
        image.path("registry").asString("") + "/" + image.path("repository").asString("");
    List<String> tags = image.path("tags").valueStream().map(JsonNode::asString).toList();
    return repository + (tags.isEmpty() ? "" : ":" + String.join(", :", tags));
  }

  private static String created(JsonNode image) {
    if (image.path("created").isNull() || image.path("created").isMissingNode()) {
      return "not stated";
    }
    JsonNode age = image.path("ageDays");
    return image.path("created").asString("")
        + (age.isNumber() ? ", " + Counted.of(age.asInt(), "day") + " old" : "");
  }

  private void base(JsonNode base, JsonNode history, JsonNode provenance) {
    JsonNode os = base.path("os");
    String name = os.path("prettyName").asString("");
    text.line(
        "base",
        base.path("class").asString("unknown")
            + (name.isEmpty() ? "" : ", " + name)
            + (os.path("eol").isString() ? ", end of life " + os.path("eol").asString() : ""));
    Map<Integer, List<JsonNode>> levels = new TreeMap<>();
    base.path("lineage")
        .forEach(ancestor ->
            levels
                .computeIfAbsent(ancestor.path("layers").asInt(0), layers -> new ArrayList<>())
                .add(ancestor));
    String lineage =
        levels.values().stream()
            .map(ties ->
                ties.stream()
                        .map(ancestor -> ancestor.path("reference").asString("?"))
                        .collect(Collectors.joining(" or "))
                    + " ("
                    + standing(ties.getFirst())
                    + ")")
            .collect(Collectors.joining(" → "));
    text.line("built on", lineage.isEmpty() ? "no known image" : lineage);
    if (lineage.isEmpty()) {
      boundary(base.path("boundaries"), history);
    }
    claim(base);
    List<String> used = images(provenance);
    base.path("lineage")
        .forEach(ancestor ->
            used.removeIf(image -> isSame(image, ancestor.path("reference").asString("?"))));
    if (!used.isEmpty()) {
      text.line("built with", listed(used));
    }
    JsonNode outdated = base.path("outdated");
    JsonNode current = outdated.path("currentDigest");
    JsonNode parent = base.path("parent");
    if (outdated.path("known").asBoolean(false)
        && current.isString()
        && parent.path("digest").isString()) {
      boolean moved = !current.asString().equals(parent.path("digest").asString());
      int days = outdated.path("lagDays").asInt(0);
      text.line(
          "base is",
          moved
              ? "outdated"
                  + (days > 0 ? " by " + Counted.of(days, "day") : "")
                  + ": its tag names "
                  + current.asString()
                  + " now"
              : "what its tag names now");
    }
  }

  /** Where in the history its parent may have ended, by custom alone. */
  private void boundary(JsonNode boundaries, JsonNode history) {
    if (!boundaries.isEmpty()) {
      int step = boundaries.get(boundaries.size() - 1).asInt();
      text.line(
          "its parent",
          "may have ended at build step "
              + (step + 1)
              + " of "
              + history.size()
              + ", "
              + command(history.path(step).path("createdBy").asString(""))
              + " (a guess)");
    }
  }

  /** What the image says its base is, where nothing bears it out. */
  private void claim(JsonNode base) {
    JsonNode annotated = base.path("annotated");
    boolean believed =
        base.path("lineage")
            .valueStream()
            .flatMap(ancestor -> ancestor.path("evidence").valueStream())
            .anyMatch(evidence -> evidence.asString().equals("annotation"));
    String name = annotated.path("name").asString("");
    String digest = annotated.path("digest").asString("");
    if (!believed && !name.isEmpty() && !name.equals("scratch")) {
      text.line(
          "says",
          "that its base is "
              + (digest.isEmpty() ? name : name + "@" + digest)
              + ", which nothing confirms");
    }
  }

  /** The images among the materials of its build. */
  private static List<String> images(JsonNode provenance) {
    return provenance
        .path("slsaMaterials")
        .valueStream()
        .map(material -> new Material(material.asString().split(" ", 2)[0], null).imageName())
        .filter(name -> name != null)
        .distinct()
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static boolean isSame(String one, String other) {
    return ImageName.normalise(one).equals(ImageName.normalise(other));
  }

  private static String listed(List<String> words) {
    int more = words.size() - MAX_WORDS;
    return words.stream().limit(MAX_WORDS).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String standing(JsonNode ancestor) {
    int layers = ancestor.path("layers").asInt(0);
    double confidence = ancestor.path("confidence").asDouble(1);
    return (layers == 0 ? "layers unknown" : Counted.of(layers, "layer"))
        + ", by "
        + ancestor
            .path("evidence")
            .valueStream()
            .map(JsonNode::asString)
            .collect(Collectors.joining(" and "))
        + (confidence < 1 ? String.format(Locale.ROOT, ", %.0f %%", confidence * 100) : "");
  }

  private void provenance(JsonNode provenance) {
    List<String> words = new ArrayList<>();
    if (provenance.path("signed").asBoolean(false)) {
      words.add("signed (not verified)");
    }
    if (provenance.path("sbom").asBoolean(false)) {
      words.add("bill of materials");
    }
    provenance.path("attestations").valueStream().map(JsonNode::asString).forEach(words::add);
    if (!words.isEmpty()) {
      text.line("attached", String.join(", ", words));
    }
  }

  private void size(JsonNode facts) {
    JsonNode size = facts.path("size");
    text.line(
        "size",
        Bytes.humanised(size.path("compressed").asLong(0))
            + " compressed, "
            + Bytes.humanised(size.path("uncompressed").asLong(0))
            + " unpacked, "
            + String.format(Locale.ROOT, "%,d ", size.path("files").asLong(0))
            + (size.path("files").asLong(0) == 1 ? "file, " : "files, ")
            + Counted.of(facts.path("layerCount").asInt(0), "layer"));
    JsonNode added = size.path("addedOverBase");
    JsonNode addedPackages = facts.path("packages").path("addedOverBase");
    if (added.isNumber()) {
      text.line(
          "adds",
          Bytes.humanised(added.longValue())
              + (addedPackages.isNumber()
                  ? " and " + Counted.of(addedPackages.intValue(), "package")
                  : "")
              + " to its base");
    }
    JsonNode previous = size.path("previous");
    if (previous.isObject()) {
      text.line(
          "before",
          Bytes.humanised(previous.path("compressed").asLong(0))
              + ": "
              + previous.path("reference").asString());
    }
    text.line(
        "efficiency",
        String.format(Locale.ROOT, "%.1f %%", size.path("efficiency").asDouble(1) * 100)
            + ", "
            + Bytes.humanised(size.path("wasted").asLong(0))
            + " wasted");
  }

  private void configuration(JsonNode config, JsonNode accounts) {
    String user = config.path("user").asString("");
    text.line(
        "runs as",
        (user.isEmpty() ? "root (no USER)" : user)
            + (user.isEmpty() ? "" : defined(accounts.path("userResolves"))));
    String start = words(config.path("entrypoint")) + words(config.path("cmd"));
    text.line("starts", start.isEmpty() ? "nothing (no ENTRYPOINT, no CMD)" : start);
    words("ports", config.path("exposedPorts").valueStream().map(JsonNode::asString));
    words("volumes", config.path("volumes").valueStream().map(JsonNode::asString));
    words("environment", config.path("env").valueStream().map(env -> env.path("name").asString()));
    if (config.path("healthcheck").isArray()) {
      text.line("health", words(config.path("healthcheck")));
    }
    words(
        "can log in",
        accounts
            .path("users")
            .valueStream()
            .filter(account -> account.path("login").asBoolean(false))
            .map(account -> account.path("name").asString()));
  }

  private static String defined(JsonNode resolves) {
    if (!resolves.isBoolean()) {
      return ", which the image may or may not define";
    }
    return resolves.booleanValue() ? "" : ", which the image does not define";
  }

  private void words(String label, Stream<String> words) {
    List<String> all = words.toList();
    if (!all.isEmpty()) {
      text.line(label, listed(all));
    }
  }

  private static String words(JsonNode array) {
    return array
        .valueStream()
        .map(node -> node.asString().contains(" ") ? "'" + node.asString() + "'" : node.asString())
        .map(word -> word + " ")
        .collect(Collectors.joining());
  }

  /** Those of the system, then those of languages by ecosystem. */
  private void packages(JsonNode packages) {
    String managers =
        packages
            .path("managers")
            .valueStream()
            .map(JsonNode::asString)
            .collect(Collectors.joining(", "));
    Map<String, Integer> others = new TreeMap<>();
    packages
        .path("items")
        .valueStream()
        .map(item -> item.path("type").asString())
        .filter(LANGUAGES::contains)
        .forEach(type -> others.merge(type, 1, Integer::sum));
    text.line(
        "packages",
        packages.path("count").asInt(0)
            + (managers.isEmpty() ? "" : " (" + managers + ")")
            + others.entrySet().stream()
                .map(entry -> "; " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining()));
  }

  private void layers(JsonNode layers) {
    if (layers.isEmpty()) {
      return;
    }
    text.empty();
    TextTable table =
        new TextTable()
            .column("LAYER", Alignment.RIGHT)
            .column("SIZE", Alignment.RIGHT)
            .column("UNPACKED", Alignment.RIGHT)
            .column("FILES", Alignment.RIGHT)
            .column("WASTED", Alignment.RIGHT)
            .column("OF", Alignment.LEFT)
            .flexibleColumn("MADE BY");
    for (JsonNode layer : layers) {
      table.row(
          new Cell(layer.path("index").asString()),
          new Cell(Bytes.humanised(layer.path("compressed").asLong(0))),
          new Cell(bytes(layer.path("uncompressed"))),
          new Cell(layer.path("files").isNumber() ? layer.path("files").asString() : UNKNOWN),
          new Cell(
              layer.path("wasted").asLong(0) == 0
                  ? "·"
                  : Bytes.humanised(layer.path("wasted").asLong(0))),
          new Cell(origin(layer.path("inBase"))),
          new Cell(command(layer.path("createdBy").asString(""))));
    }
    text.table(table);
  }

  private static String bytes(JsonNode size) {
    return size.isNumber() ? Bytes.humanised(size.longValue()) : UNKNOWN;
  }

  /** Whose layer it is; a question mark where no image that this one stands on is known. */
  static String origin(JsonNode inBase) {
    return inBase.isBoolean() ? (inBase.booleanValue() ? "base" : "image") : UNKNOWN;
  }

  /** What a person wrote in the build file, without what the builder put around it. */
  static String command(String createdBy) {
    String command = OneLine.of(createdBy).strip();
    command = command.startsWith("/bin/sh -c ") ? command.substring(11).strip() : command;
    return command.startsWith("#(nop)") ? command.substring(6).strip() : command;
  }

  private void gaps(JsonNode gaps) {
    if (gaps.isEmpty()) {
      return;
    }
    text.heading("Not known");
    Map<String, Set<String>> reasons = new TreeMap<>();
    for (JsonNode gap : gaps) {
      reasons
          .computeIfAbsent(gap.path("fact").asString(), fact -> new TreeSet<>())
          .add(OneLine.of(gap.path("reason").asString()));
    }
    text.paragraphs(reasons);
  }
}
