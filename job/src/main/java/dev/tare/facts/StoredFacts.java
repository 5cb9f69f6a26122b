package dev.tare.facts;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The facts of one image as they stand in a stored or reported document, whichever version of Tare
 * or other program wrote it. Reading is lenient: what is missing, JSON null or of another type is
 * unknown, which is null or an empty list; it is never a zero, a yes or a no, and never an error.
 * {@code policies/schemas/image.schema.json} says what each fact means. Sizes are bytes, layers
 * stand root first. Each part is read when it is asked for.
 */
public final class StoredFacts {
  private final Fields document;
  private final List<Gap> gaps;

  private StoredFacts(Fields document) {
    this.document = document;
    this.gaps = Collections.unmodifiableList(document.items("gaps", Gap::of));
  }

  /** The facts in this document. */
  public static StoredFacts of(JsonNode document) {
    return new StoredFacts(new Fields(document));
  }

  /** The name of the settings profile. */
  public @Nullable String profile() {
    return document.text("profile");
  }

  public Image image() {
    return Image.of(document.object("image"));
  }

  public Base base() {
    return Base.of(document.object("base"));
  }

  public Size size() {
    return Size.of(document.object("size"));
  }

  public @Nullable Integer layerCount() {
    return document.count("layerCount");
  }

  public List<Layer> layers() {
    return document.items("layers", Layer::of);
  }

  public List<Tool> tools() {
    return document.items("tools", Tool::of);
  }

  /** Tools that a later layer deleted or replaced: still shipped. */
  public List<Tool> hiddenTools() {
    return document.items("hiddenTools", Tool::of);
  }

  /** The commands that the image starts and that are there, or those that are not. */
  public List<String> started(boolean exists) {
    return document
        .items(
            "start",
            start -> {
              String command = start.text("command");
              Boolean there = start.flag("exists");
              return command == null || there == null || there != exists ? "" : command;
            })
        .stream()
        .filter(command -> !command.isEmpty())
        .toList();
  }

  public Packages packages() {
    return Packages.of(document.object("packages"));
  }

  /** Each package, those of languages too. */
  public List<Packages.Item> packageItems() {
    return document.object("packages").items("items", Packages.Item::of);
  }

  public List<Leftover> leftovers() {
    return document.items("leftovers", Leftover::of);
  }

  public List<Privileged> privileged() {
    return document.items("privileged", Privileged::of);
  }

  public List<WorldWritable> worldWritable() {
    return document.items("worldWritable", WorldWritable::of);
  }

  public Accounts accounts() {
    return Accounts.of(document.object("accounts"));
  }

  public List<Service> services() {
    return document.items("services", Service::of);
  }

  public List<StateFile> state() {
    return document.items("state", StateFile::of);
  }

  public List<Secret> secrets() {
    return document.items("secrets", Secret::of);
  }

  public Vulnerabilities vulnerabilities() {
    return Vulnerabilities.of(document.object("vulnerabilities"));
  }

  public Provenance provenance() {
    return Provenance.of(document.object("provenance"));
  }

  public List<Gap> gaps() {
    return gaps;
  }

  /** The names of the facts that have a gap, each once. */
  public SortedSet<String> gapNames() {
    return gaps.stream()
        .map(Gap::fact)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether nothing is missing of this fact. */
  public boolean isWhole(Fact fact) {
    return gaps.stream().noneMatch(gap -> gap.concerns(fact));
  }

  /** This number of a fact; null where it is zero only because the fact could not be measured. */
  public <N extends Number> @Nullable N measured(Fact fact, @Nullable N number) {
    return number != null && number.doubleValue() == 0 && !isWhole(fact) ? null : number;
  }

  /**
   * The length of the list that is this fact; null where there is no list, and where it is empty
   * because it could not be measured.
   */
  public @Nullable Integer count(Fact list) {
    JsonNode node = document.node().path(list.word());
    return node.isArray() ? measured(list, node.size()) : null;
  }
}
