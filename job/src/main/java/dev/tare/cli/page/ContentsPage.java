package dev.tare.cli.page;

import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.facts.Leftover;
import dev.tare.facts.Privileged;
import dev.tare.facts.Secret;
import dev.tare.facts.Size.LargeFile;
import dev.tare.facts.StateFile;
import dev.tare.facts.StoredFacts;
import dev.tare.facts.Tool;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What lies in an image, at the terminal: tools, files, leftovers, what raises privileges. */
final class ContentsPage {
  /** Of lists that may be long. */
  private static final int MOST = 12;

  private final PageText text;

  ContentsPage(PageText text) {
    this.text = text;
  }

  void print(StoredFacts facts) {
    tools(facts.tools());
    rows(
        "Tools that a later layer deleted, still shipped",
        facts.hiddenTools(),
        tool -> Known.text(tool.path()) + " in layer " + Known.text(tool.layer()));
    largestFiles(facts.size().largestFiles());
    leftovers(facts.leftovers());
    privileged(facts.privileged());
    rows(
        "Files that anybody may write to",
        facts.worldWritable(),
        file -> Known.text(file.mode()) + " " + Known.text(file.path()));
    rows(
        "Services and supervisors",
        facts.services(),
        service -> Known.text(service.name()) + " at " + Known.text(service.path()));
    rows("Data inside the image", facts.state(), ContentsPage::data);
    rows("Where secrets seem to be", facts.secrets(), ContentsPage::place);
  }

  private static String data(StateFile file) {
    Long bytes = file.bytes();
    return Known.text(file.path())
        + " ("
        + Known.text(file.kind())
        + (bytes != null && bytes == 0 ? ")" : ", " + Known.bytes(bytes) + ")");
  }

  private static String place(Secret secret) {
    return Known.text(secret.path())
        + " ("
        + Known.text(secret.kind())
        + (secret.layer() == null ? "" : ", layer " + secret.layer())
        + (Boolean.TRUE.equals(secret.hidden()) ? ", deleted later, still shipped)" : ")");
  }

  private void tools(List<Tool> tools) {
    Map<String, Set<String>> byCategory = new TreeMap<>();
    for (Tool tool : tools) {
      byCategory
          .computeIfAbsent(
              Objects.requireNonNullElse(tool.category(), "other"), c -> new TreeSet<>())
          .add(Known.text(tool.name()));
    }
    if (!byCategory.isEmpty()) {
      text.heading("Tools");
      text.paragraphs(byCategory);
    }
  }

  private void largestFiles(List<LargeFile> files) {
    if (files.isEmpty()) {
      return;
    }
    text.heading("Largest files");
    TextTable table =
        new TextTable()
            .column("SIZE", Alignment.RIGHT)
            .column("LAYER", Alignment.RIGHT)
            .flexibleColumn("PATH");
    files.stream()
        .limit(MOST)
        .forEach(file ->
            table.row(
                new Cell(Known.bytes(file.bytes())),
                new Cell(Known.text(file.layer())),
                new Cell(OneLine.of(Known.text(file.path())))));
    text.table(table);
    text.more(files.size() - MOST);
  }

  private void leftovers(List<Leftover> leftovers) {
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
    Map<String, Place> places = new LinkedHashMap<>();
    for (Leftover leftover : leftovers) {
      Place place = Place.of(leftover);
      places.merge(place.path() + ' ' + place.kind(), place, Place::plus);
    }
    places.values().stream()
        .sorted(
            Comparator.comparing(
                Place::bytes, Comparator.nullsLast(Comparator.<Long>reverseOrder())))
        .limit(MOST)
        .forEach(place ->
            table.row(
                new Cell(Known.bytes(place.bytes())),
                new Cell(Known.text(place.files())),
                new Cell(place.kind()),
                new Cell(OneLine.of(place.path()))));
    text.table(table);
    text.more(places.size() - MOST);
  }

  /** What is left at one place, whichever layer brought it, hidden copies included. */
  private record Place(String kind, String path, @Nullable Long bytes, @Nullable Long files) {
    static Place of(Leftover leftover) {
      return new Place(
          Known.text(leftover.kind()),
          Known.text(leftover.path()),
          sum(leftover.bytes(), leftover.hiddenBytes()),
          leftover.files());
    }

    Place plus(Place other) {
      return new Place(kind, path, sum(bytes, other.bytes), sum(files, other.files));
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
      return one == null || other == null ? null : Long.valueOf(one + other);
    }
  }

  private void privileged(List<Privileged> files) {
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
    files.stream()
        .limit(MOST)
        .forEach(file ->
            table.row(
                new Cell(Known.text(file.mode())),
                new Cell(Known.text(file.layer())),
                new Cell(Known.origin(file.inBase())),
                new Cell(
                    OneLine.of(
                        Known.text(file.path())
                            + (file.capabilities().isEmpty()
                                ? ""
                                : " (" + String.join(" ", file.capabilities()) + ")")))));
    text.table(table);
    text.more(files.size() - MOST);
  }

  private <T> void rows(String heading, List<T> items, Function<T, String> words) {
    if (items.isEmpty()) {
      return;
    }
    text.heading(heading);
    items.stream().limit(MOST).map(words).forEach(text::row);
    text.more(items.size() - MOST);
  }
}
