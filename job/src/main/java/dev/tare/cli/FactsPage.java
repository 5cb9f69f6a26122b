package dev.tare.cli;

import dev.tare.cli.TextTable.Alignment;
import dev.tare.cli.TextTable.Cell;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The facts of one image, readable at the terminal. Shows what is there; lists of a thousand are
 * for {@code --format json}.
 */
final class FactsPage {
  private static final int LABEL = 12;

  private final PrintWriter out;
  private final Palette palette;
  private final int width;

  FactsPage(Context context) {
    this.out = context.terminal().out();
    this.palette = context.palette();
    this.width = context.terminal().width();
  }

  void print(JsonNode facts) {
    JsonNode image = facts.path("image");
    title(facts);
    JsonNode platform = image.path("platform");
    line(
        "platform",
        platform.path("os").asString("?") + "/" + platform.path("architecture").asString("?"));
    line("created", created(image));
    base(facts.path("base"));
    size(facts);
    configuration(image.path("config"), facts.path("accounts"));
    packages(facts.path("packages"));
    provenance(facts.path("provenance"));
    out.println();
    layers(facts.path("layers"));
    tools(facts.path("tools"), facts.path("hiddenTools"));
    leftovers(facts.path("leftovers"));
    gaps(facts.path("gaps"));
  }

  /** Which image it is. */
  void title(JsonNode facts) {
    JsonNode image = facts.path("image");
    out.println(palette.bold(reference(image)));
    line("digest", image.path("digest").asString(""));
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

  private void base(JsonNode base) {
    JsonNode os = base.path("os");
    String name = os.path("prettyName").asString("");
    line(
        "base",
        base.path("class").asString("unknown")
            + (name.isEmpty() ? "" : ", " + name)
            + (os.path("eol").isString() ? ", end of life " + os.path("eol").asString() : ""));
    String lineage =
        base.path("lineage")
            .valueStream()
            .map(ancestor ->
                ancestor.path("reference").asString("?") + " (" + standing(ancestor) + ")")
            .collect(Collectors.joining(" → "));
    line("stands on", lineage.isEmpty() ? "no image known here" : lineage);
    JsonNode outdated = base.path("outdated");
    JsonNode current = outdated.path("currentDigest");
    JsonNode parent = base.path("parent");
    if (outdated.path("known").asBoolean(false) && current.isString()) {
      boolean moved = !current.asString().equals(parent.path("digest").asString(""));
      int days = outdated.path("lagDays").asInt(0);
      line(
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
        + (confidence < 1 ? String.format(Locale.ROOT, ", %.0f %%", confidence * 100) : "")
        + (ancestor.path("tie").asBoolean(false) ? ", one of several that fit" : "");
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
      line("attached", String.join(", ", words));
    }
  }

  private void size(JsonNode facts) {
    JsonNode size = facts.path("size");
    line(
        "size",
        Bytes.humanised(size.path("compressed").asLong(0))
            + " compressed, "
            + Bytes.humanised(size.path("uncompressed").asLong(0))
            + " unpacked, "
            + size.path("files").asLong(0)
            + " files, "
            + Counted.of(facts.path("layerCount").asInt(0), "layer"));
    line(
        "efficiency",
        String.format(Locale.ROOT, "%.1f %%", size.path("efficiency").asDouble(1) * 100)
            + ", "
            + Bytes.humanised(size.path("wasted").asLong(0))
            + " wasted");
  }

  private void configuration(JsonNode config, JsonNode accounts) {
    String user = config.path("user").asString("");
    line(
        "runs as",
        (user.isEmpty() ? "root (no USER)" : user)
            + (accounts.path("userResolves").asBoolean(true)
                ? ""
                : ", which the image does not define"));
    line("starts", words(config.path("entrypoint")) + words(config.path("cmd")));
    String ports =
        config
            .path("exposedPorts")
            .valueStream()
            .map(JsonNode::asString)
            .collect(Collectors.joining(" "));
    if (!ports.isEmpty()) {
      line("ports", ports);
    }
  }

  private static String words(JsonNode array) {
    return array
        .valueStream()
        .map(node -> node.asString().contains(" ") ? "'" + node.asString() + "'" : node.asString())
        .map(word -> word + " ")
        .collect(Collectors.joining());
  }

  private void packages(JsonNode packages) {
    String managers =
        packages
            .path("managers")
            .valueStream()
            .map(JsonNode::asString)
            .collect(Collectors.joining(", "));
    line(
        "packages",
        packages.path("count").asInt(0) + (managers.isEmpty() ? "" : " (" + managers + ")"));
  }

  private void layers(JsonNode layers) {
    if (layers.isEmpty()) {
      return;
    }
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
          new Cell(Bytes.humanised(layer.path("uncompressed").asLong(0))),
          new Cell(layer.path("files").asString()),
          new Cell(
              layer.path("wasted").asLong(0) == 0
                  ? "·"
                  : Bytes.humanised(layer.path("wasted").asLong(0))),
          new Cell(origin(layer.path("inBase"))),
          new Cell(command(layer.path("createdBy").asString(""))));
    }
    table.lines(width, palette).forEach(out::println);
  }

  /** Whose layer it is; a question mark where no image that this one stands on is known. */
  private static String origin(JsonNode inBase) {
    return inBase.isBoolean() ? (inBase.booleanValue() ? "base" : "image") : "?";
  }

  /** What a person wrote in the build file, without what the builder put around it. */
  static String command(String createdBy) {
    String command = OneLine.of(createdBy).strip();
    command = command.startsWith("/bin/sh -c ") ? command.substring(11).strip() : command;
    return command.startsWith("#(nop)") ? command.substring(6).strip() : command;
  }

  private void tools(JsonNode tools, JsonNode hidden) {
    Map<String, Set<String>> byCategory = new TreeMap<>();
    for (JsonNode tool : tools) {
      byCategory
          .computeIfAbsent(tool.path("category").asString("other"), c -> new TreeSet<>())
          .add(tool.path("name").asString());
    }
    if (!byCategory.isEmpty()) {
      heading("Tools");
      paragraphs(byCategory);
    }
    if (!hidden.isEmpty()) {
      heading("Tools a later layer deleted, still shipped");
      for (JsonNode tool : hidden) {
        out.println(
            "  "
                + OneLine.of(tool.path("path").asString())
                + " in layer "
                + tool.path("layer").asInt());
      }
    }
  }

  private void leftovers(JsonNode leftovers) {
    if (leftovers.isEmpty()) {
      return;
    }
    heading("Leftovers");
    TextTable table =
        new TextTable()
            .column("SIZE", Alignment.RIGHT)
            .column("FILES", Alignment.RIGHT)
            .column("KIND", Alignment.LEFT)
            .flexibleColumn("PATH");
    Map<String, Leftover> places = new LinkedHashMap<>();
    for (JsonNode leftover : leftovers) {
      places.merge(
          leftover.path("path").asString() + ' ' + leftover.path("kind").asString(),
          Leftover.of(leftover),
          Leftover::plus);
    }
    places.values().stream()
        .sorted(Comparator.comparingLong(Leftover::bytes).reversed())
        .forEach(leftover ->
            table.row(
                new Cell(Bytes.humanised(leftover.bytes())),
                new Cell(Long.toString(leftover.files())),
                new Cell(leftover.kind()),
                new Cell(OneLine.of(leftover.path()))));
    table.lines(width, palette).forEach(out::println);
  }

  /** What is left at one place, whichever layer brought it, hidden copies included. */
  private record Leftover(String kind, String path, long bytes, long files) {
    static Leftover of(JsonNode node) {
      return new Leftover(
          node.path("kind").asString(),
          node.path("path").asString(),
          node.path("bytes").asLong(0) + node.path("hiddenBytes").asLong(0),
          node.path("files").asLong(0));
    }

    Leftover plus(Leftover other) {
      return new Leftover(kind, path, bytes + other.bytes, files + other.files);
    }
  }

  private void gaps(JsonNode gaps) {
    if (gaps.isEmpty()) {
      return;
    }
    heading("Not known");
    Map<String, Set<String>> reasons = new TreeMap<>();
    for (JsonNode gap : gaps) {
      reasons
          .computeIfAbsent(gap.path("fact").asString(), fact -> new TreeSet<>())
          .add(OneLine.of(gap.path("reason").asString()));
    }
    paragraphs(reasons);
  }

  private void heading(String text) {
    out.println();
    out.println(palette.bold(text));
  }

  private void line(String label, String value) {
    String name = padded(label);
    List<String> lines = RulePage.wrapped(OneLine.of(value), width - name.length() - 2);
    for (int i = 0; i < lines.size(); i++) {
      out.println("  " + (i == 0 ? palette.dim(name) : " ".repeat(name.length())) + lines.get(i));
    }
  }

  /** Words under labels that all have the same width. */
  private void paragraphs(Map<String, Set<String>> texts) {
    int indent = texts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    texts.forEach((label, words) -> {
      List<String> lines = RulePage.wrapped(String.join(" ", words), width - indent - 2);
      for (int i = 0; i < lines.size(); i++) {
        String first = i == 0 ? label : "";
        out.println("  " + palette.dim(first + " ".repeat(indent - first.length())) + lines.get(i));
      }
    });
  }

  private static String padded(String label) {
    return label + " ".repeat(Math.max(1, LABEL - label.length()));
  }
}
