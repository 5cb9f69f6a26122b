package dev.tare.cli.page;

import dev.tare.cli.terminal.Counted;
import dev.tare.cli.terminal.OneLine;
import dev.tare.cli.terminal.TextTable;
import dev.tare.cli.terminal.TextTable.Alignment;
import dev.tare.cli.terminal.TextTable.Cell;
import dev.tare.facts.Accounts;
import dev.tare.facts.Base;
import dev.tare.facts.Base.Ancestor;
import dev.tare.facts.Gap;
import dev.tare.facts.Image;
import dev.tare.facts.Layer;
import dev.tare.facts.Packages;
import dev.tare.facts.Provenance;
import dev.tare.facts.Size;
import dev.tare.facts.StoredFacts;
import dev.tare.lineage.ImageName;
import dev.tare.lineage.Material;
import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one image, readable at the terminal. Shows what is there; lists of a thousand are
 * for {@code --format json}.
 */
public final class FactsPage {
  /** Of words that may be many. */
  private static final int MAX_WORDS = 8;

  /** Types of packages that no manager of the system keeps. */
  private static final Set<String> LANGUAGES =
      Set.of("maven", "pypi", "npm", "golang", "gem", "cargo");

  /** How the evidence of a family names a variable. */
  private static final String VARIABLE = "env ";

  private final PageText text;

  public FactsPage(PageText text) {
    this.text = text;
  }

  public void print(StoredFacts facts) {
    Image image = facts.image();
    Provenance provenance = facts.provenance();
    title(image);
    text.line("platform", image.platform());
    text.line("created", created(image));
    base(facts.base(), image.steps(), provenance);
    size(facts);
    configuration(image.config(), facts.accounts());
    packages(facts);
    VulnerabilityPage vulnerabilities = new VulnerabilityPage(text);
    vulnerabilities.line(facts);
    attached(provenance);
    layers(facts.layers());
    new ContentsPage(text).print(facts);
    vulnerabilities.table(facts);
    gaps(facts.gaps());
  }

  /** Which image it is. */
  public void title(Image image) {
    text.title(reference(image));
    text.line("digest", Known.text(image.digest()));
  }

  private static String reference(Image image) {
    List<String> tags = image.tags();
    return Known.text(image.registry())
        + "/"
        + Known.text(image.repository())
        + (tags.isEmpty() ? "" : ":" + String.join(", :", tags));
  }

  private static String created(Image image) {
    if (image.created() == null) {
      return "not stated";
    }
    Integer age = image.ageDays();
    return image.created() + (age == null ? "" : ", " + Counted.of(age, "day") + " old");
  }

  private void base(Base base, List<String> steps, Provenance provenance) {
    Base.OperatingSystem os = base.os();
    text.line("base", Known.text(base.kind()) + (os == null ? "" : system(os)));
    Map<Integer, List<Ancestor>> levels = new TreeMap<>();
    base.lineage()
        .forEach(ancestor ->
            levels
                .computeIfAbsent(
                    Objects.requireNonNullElse(ancestor.layers(), 0), layers -> new ArrayList<>())
                .add(ancestor));
    String lineage =
        levels.values().stream()
            .map(ties ->
                ties.stream()
                        .map(ancestor -> Known.text(ancestor.reference()))
                        .collect(Collectors.joining(" or "))
                    + " ("
                    + standing(ties.getFirst())
                    + ")")
            .collect(Collectors.joining(" → "));
    text.line("built on", lineage.isEmpty() ? "no known image" : lineage);
    if (lineage.isEmpty()) {
      boundary(base.boundaries(), steps);
    }
    family(base);
    claim(base);
    List<String> used = images(provenance);
    base.lineage()
        .forEach(
            ancestor -> used.removeIf(image -> isSame(image, Known.text(ancestor.reference()))));
    if (!used.isEmpty()) {
      text.line("built with", listed(used));
    }
    Base.Outdated outdated = base.outdated();
    Digest current = outdated.currentDigest();
    Digest parent = base.parent() == null ? null : base.parent().digest();
    if (Boolean.TRUE.equals(outdated.known()) && current != null && parent != null) {
      text.line(
          "base is",
          current.equals(parent)
              ? "what its tag names now"
              : "outdated" + by(outdated.lagDays()) + ": its tag names " + current + " now");
    }
  }

  private static String system(Base.OperatingSystem os) {
    return (os.prettyName() == null || os.prettyName().isEmpty() ? "" : ", " + os.prettyName())
        + (os.eol() == null ? "" : ", end of life " + os.eol());
  }

  private static String by(@Nullable Integer days) {
    return days == null || days == 0 ? "" : " by " + Counted.of(days, "day");
  }

  /** Where in the history its parent may have ended, by custom alone. */
  private void boundary(List<Integer> boundaries, List<String> steps) {
    if (!boundaries.isEmpty()) {
      int step = boundaries.getLast();
      text.line(
          "its parent",
          "may have ended at build step "
              + (step + 1)
              + " of "
              + steps.size()
              + ", "
              + command(step < steps.size() ? steps.get(step) : "")
              + " (a guess)");
    }
  }

  /** The official image that its build steps speak for, where its lineage does not name it. */
  private void family(Base base) {
    Base.Family family = base.family();
    if (family == null) {
      return;
    }
    String reference = family.reference();
    if (reference != null
        && base.lineage().stream().noneMatch(one -> reference.equals(one.reference()))) {
      text.line(
          "nearer to it", "probably " + reference + " (" + bySteps(family.confidence()) + ")");
    }
    if (!family.candidates().isEmpty()) {
      text.line(
          "may be on",
          String.join(" or ", family.candidates())
              + ": "
              + listed(variables(family))
              + " is set, and the build steps do not tell (a guess)");
    }
  }

  private static List<String> variables(Base.Family family) {
    return family.evidence().stream()
        .filter(one -> one.startsWith(VARIABLE))
        .map(one -> one.substring(VARIABLE.length()))
        .toList();
  }

  private static String bySteps(@Nullable Double confidence) {
    return "by its build steps" + sure(confidence);
  }

  /** What the image says its base is, where nothing bears it out. */
  private void claim(Base base) {
    Base.Annotated annotated = base.annotated();
    boolean believed =
        base.lineage().stream().anyMatch(ancestor -> ancestor.evidence().contains("annotation"));
    if (annotated == null || believed) {
      return;
    }
    String name = annotated.name();
    String digest = annotated.digest();
    if (name != null && !name.isEmpty() && !name.equals("scratch")) {
      text.line(
          "says",
          "that its base is "
              + (digest == null || digest.isEmpty() ? name : name + "@" + digest)
              + ", which nothing confirms");
    }
  }

  /** The images among the materials of its build. */
  private static List<String> images(Provenance provenance) {
    return provenance.slsaMaterials().stream()
        .map(material -> new Material(material.split(" ", 2)[0], null).imageName())
        .filter(Objects::nonNull)
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

  private static String standing(Ancestor ancestor) {
    Integer layers = ancestor.layers();
    if (ancestor.evidence().contains("family")) {
      return "probably, " + bySteps(ancestor.confidence());
    }
    return (layers == null || layers == 0 ? "layers unknown" : Counted.of(layers, "layer"))
        + ", by "
        + String.join(" and ", ancestor.evidence())
        + sure(ancestor.confidence());
  }

  private static String sure(@Nullable Double confidence) {
    return confidence == null || confidence >= 1
        ? ""
        : String.format(Locale.ROOT, ", %.0f %%", confidence * 100);
  }

  private void attached(Provenance provenance) {
    List<String> words = new ArrayList<>();
    if (Boolean.TRUE.equals(provenance.signed())) {
      words.add("signed (not verified)");
    }
    if (Boolean.TRUE.equals(provenance.sbom())) {
      words.add("bill of materials");
    }
    words.addAll(provenance.attestations());
    if (!words.isEmpty()) {
      text.line("attached", String.join(", ", words));
    }
  }

  private void size(StoredFacts facts) {
    Size size = facts.size();
    text.line(
        "size",
        Known.bytes(size.compressed())
            + " compressed, "
            + Known.bytes(size.uncompressed())
            + " unpacked, "
            + files(size.files())
            + ", "
            + Known.counted(facts.layerCount(), "layer"));
    if (size.addedOverBase() != null) {
      Integer packages = facts.packages().addedOverBase();
      text.line(
          "adds",
          Known.bytes(size.addedOverBase())
              + (packages == null ? "" : " and " + Counted.of(packages, "package"))
              + " to its base");
    }
    Size.Previous previous = size.previous();
    if (previous != null) {
      text.line(
          "before", Known.bytes(previous.compressed()) + ": " + Known.text(previous.reference()));
    }
    text.line(
        "efficiency",
        Known.percent(size.efficiency()) + ", " + Known.bytes(size.wasted()) + " wasted");
  }

  private static String files(@Nullable Long files) {
    return files == null
        ? Known.text(null) + " files"
        : String.format(Locale.ROOT, "%,d", files) + (files == 1 ? " file" : " files");
  }

  private void configuration(Image.Config config, Accounts accounts) {
    String user = config.user();
    text.line(
        "runs as",
        user == null || user.isEmpty()
            ? "root (no USER)"
            : user + defined(accounts.userResolves()));
    String start = command(config.entrypoint()) + command(config.cmd());
    text.line("starts", start.isEmpty() ? "nothing (no ENTRYPOINT, no CMD)" : start);
    words("ports", config.exposedPorts());
    words("volumes", config.volumes());
    words("environment", config.env());
    if (config.healthcheck() != null) {
      text.line("health", command(config.healthcheck()));
    }
    words(
        "can log in",
        accounts.users().stream()
            .filter(account -> Boolean.TRUE.equals(account.login()))
            .map(account -> Known.text(account.name()))
            .toList());
  }

  private static String defined(@Nullable Boolean resolves) {
    if (resolves == null) {
      return ", which the image may or may not define";
    }
    return resolves ? "" : ", which the image does not define";
  }

  private void words(String label, List<String> words) {
    if (!words.isEmpty()) {
      text.line(label, listed(words));
    }
  }

  private static String command(List<String> words) {
    return words.stream()
        .map(word -> (word.contains(" ") ? "'" + word + "'" : word) + " ")
        .collect(Collectors.joining());
  }

  /** Those of the system, then those of languages by ecosystem. */
  private void packages(StoredFacts facts) {
    Packages packages = facts.packages();
    String managers = String.join(", ", packages.managers());
    Map<String, Integer> others = new TreeMap<>();
    facts.packageItems().stream()
        .filter(item -> !item.isClaimed())
        .map(Packages.Item::type)
        .filter(type -> type != null && LANGUAGES.contains(type))
        .forEach(type -> others.merge(type, 1, Integer::sum));
    text.line(
        "packages",
        Known.text(packages.count())
            + (managers.isEmpty() ? "" : " (" + managers + ")")
            + others.entrySet().stream()
                .map(entry -> "; " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining()));
    long claimed = facts.packageItems().stream().filter(Packages.Item::isClaimed).count();
    if (claimed > 0) {
      text.line("claimed", claimed + " more, by SBOMs in the image and nothing else");
    }
  }

  private void layers(List<Layer> layers) {
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
    for (Layer layer : layers) {
      Long wasted = layer.wasted();
      table.row(
          new Cell(Known.text(layer.index())),
          new Cell(Known.bytes(layer.compressed())),
          new Cell(Known.bytes(layer.uncompressed())),
          new Cell(Known.text(layer.files())),
          new Cell(wasted != null && wasted == 0 ? "·" : Known.bytes(wasted)),
          new Cell(Known.origin(layer.inBase())),
          new Cell(command(layer.createdBy())));
    }
    text.table(table);
  }

  /** What a person wrote in the build file, without what the builder put around it. */
  static String command(@Nullable String createdBy) {
    String command = OneLine.of(createdBy == null ? "" : createdBy).strip();
    command = command.startsWith("/bin/sh -c ") ? command.substring(11).strip() : command;
    return command.startsWith("#(nop)") ? command.substring(6).strip() : command;
  }

  private void gaps(List<Gap> gaps) {
    if (gaps.isEmpty()) {
      return;
    }
    text.heading("Not known");
    Map<String, Set<String>> reasons = new TreeMap<>();
    for (Gap gap : gaps) {
      reasons
          .computeIfAbsent(Known.text(gap.fact()), fact -> new TreeSet<>())
          .add(OneLine.of(Known.text(gap.reason())));
    }
    text.paragraphs(reasons);
  }
}
