package dev.tare.cli.page;

import dev.tare.cli.terminal.Bytes;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What lies in an image, at the terminal: tools, files, leftovers, what raises privileges. */
final class ContentsPage {
  /** Of lists that may be long. */
  private static final int MOST = 12;

  private final PageText text;

  ContentsPage(PageText text) {
    this.text = text;
  }

  void print(JsonNode facts) {
    tools(facts.path("tools"));
    hiddenTools(facts.path("hiddenTools"));
    largestFiles(facts.path("size").path("largestFiles"));
    leftovers(facts.path("leftovers"));
    privileged(facts.path("privileged"));
    rows(
        "Files that anybody may write to",
        facts.path("worldWritable"),
        file -> file.path("mode").asString() + " " + file.path("path").asString());
    rows(
        "Services and supervisors",
        facts.path("services"),
        service -> service.path("name").asString() + " at " + service.path("path").asString());
    rows(
        "Data inside the image",
        facts.path("state"),
        state ->
            state.path("path").asString()
                + " ("
                + state.path("kind").asString()
                + (state.path("bytes").asLong(0) == 0
                    ? ")"
                    : ", " + Bytes.humanised(state.path("bytes").asLong(0)) + ")"));
    rows(
        "Where secrets seem to be",
        facts.path("secrets"),
        secret ->
            secret.path("path").asString()
                + " ("
                + secret.path("kind").asString()
                + (secret.path("layer").isNumber() ? ", layer " + secret.path("layer") : "")
                + (secret.path("hidden").asBoolean(false)
                    ? ", deleted later, still shipped)"
                    : ")"));
  }

  private void tools(JsonNode tools) {
    Map<String, Set<String>> byCategory = new TreeMap<>();
    for (JsonNode tool : tools) {
      byCategory
          .computeIfAbsent(tool.path("category").asString("other"), c -> new TreeSet<>())
          .add(tool.path("name").asString());
    }
    if (!byCategory.isEmpty()) {
      text.heading("Tools");
      text.paragraphs(byCategory);
    }
  }

  private void hiddenTools(JsonNode hidden) {
    rows(
        "Tools that a later layer deleted, still shipped",
        hidden,
        tool -> tool.path("path").asString() + " in layer " + tool.path("layer").asInt());
  }

  private void largestFiles(JsonNode files) {
    if (files.isEmpty()) {
      return;
    }
    text.heading("Largest files");
    TextTable table =
        new TextTable()
            .column("SIZE", Alignment.RIGHT)
            .column("LAYER", Alignment.RIGHT)
            .flexibleColumn("PATH");
    files
        .valueStream()
        .limit(MOST)
        .forEach(file ->
            table.row(
                new Cell(Bytes.humanised(file.path("bytes").asLong(0))),
                new Cell(file.path("layer").asString()),
                new Cell(OneLine.of(file.path("path").asString()))));
    text.table(table);
    text.more(files.size() - MOST);
  }

  private void leftovers(JsonNode leftovers) {
    if (leftovers.isEmpty()) {
      return;
    }
    text.heading("Leftovers");
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
        .limit(MOST)
        .forEach(leftover ->
            table.row(
                new Cell(Bytes.humanised(leftover.bytes())),
                new Cell(Long.toString(leftover.files())),
                new Cell(leftover.kind()),
                new Cell(OneLine.of(leftover.path()))));
    text.table(table);
    text.more(places.size() - MOST);
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

  private void privileged(JsonNode files) {
    if (files.isEmpty()) {
      return;
    }
    text.heading("Files that raise privileges");
    TextTable table =
        new TextTable()
            .column("MODE", Alignment.LEFT)
            .column("LAYER", Alignment.RIGHT)
            .column("OF", Alignment.LEFT)
            .flexibleColumn("PATH");
    files
        .valueStream()
        .limit(MOST)
        .forEach(file -> {
          String capabilities =
              file.path("capabilities")
                  .valueStream()
                  .map(JsonNode::asString)
                  .collect(Collectors.joining(" "));
          table.row(
              new Cell(file.path("mode").asString()),
              new Cell(file.path("layer").asString()),
              new Cell(FactsPage.origin(file.path("inBase"))),
              new Cell(
                  OneLine.of(
                      file.path("path").asString()
                          + (capabilities.isEmpty() ? "" : " (" + capabilities + ")"))));
        });
    text.table(table);
    text.more(files.size() - MOST);
  }

  private void rows(String heading, JsonNode items, Function<JsonNode, String> words) {
    if (items.isEmpty()) {
      return;
    }
    text.heading(heading);
    items.valueStream().limit(MOST).map(words).forEach(text::row);
    text.more(items.size() - MOST);
  }
}
