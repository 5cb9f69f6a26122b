package dev.tare.rebase;

import dev.tare.facts.Packages;
import dev.tare.facts.StoredFacts;
import dev.tare.inspect.MovedLayers;
import dev.tare.lineage.BuildStep;
import dev.tare.oci.ImageConfig.HistoryEntry;
import dev.tare.rebase.Obstacle.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What speaks against own layers over another base, and what is not known of them there. */
final class Objections {
  /** Of names in a sentence. */
  private static final int MOST = 5;

  private final Stack image;
  private final int baseLayers;
  private final Stack base;
  private final Stack other;
  private final MovedLayers moved;
  private final Release before;
  private final Release after;

  Objections(Stack image, int baseLayers, Stack base, Stack other, MovedLayers moved) {
    this.image = image;
    this.baseLayers = baseLayers;
    this.base = base;
    this.other = other;
    this.moved = moved;
    this.before = Release.of(image.facts());
    this.after = Release.of(other.facts());
  }

  Rebase.Standing standing() {
    if (isLibraryLost() || !moved.missingManagers().isEmpty()) {
      return Rebase.Standing.REBUILD_NEEDED;
    }
    if (moved.managers().isEmpty()) {
      return Rebase.Standing.COPIED;
    }
    return before.isSame(after) ? Rebase.Standing.INSTALLED : Rebase.Standing.INSTALLED_ELSEWHERE;
  }

  private boolean isLibraryLost() {
    return mayMissLibrary() && moved.keptLibraries().isEmpty();
  }

  private boolean mayMissLibrary() {
    return moved.programs() > 0 && !moved.lostLibraries().isEmpty();
  }

  /**
   * What speaks against it.
   *
   * @param predicted null where nothing is predicted
   */
  List<Obstacle> obstacles(@Nullable StoredFacts predicted) {
    List<Obstacle> obstacles = new ArrayList<>();
    if (mayMissLibrary()) {
      obstacles.add(
          new Obstacle(
              Kind.C_LIBRARY,
              "Own layers hold %s, which may be linked with %s; %s has no loader of it."
                  .formatted(
                      counted(moved.programs(), "binary program or library"),
                      String.join(", ", moved.lostLibraries()),
                      other.name())));
    }
    olderLibrary(obstacles);
    for (String manager : new TreeSet<>(moved.missingManagers())) {
      obstacles.add(
          new Obstacle(
              Kind.PACKAGE_MANAGER,
              "Own layers changed the database of %s (%s); %s has none."
                  .formatted(
                      manager,
                      moved.added().isEmpty() ? "packages removed" : listed(moved.added()),
                      other.name())));
    }
    new TreeMap<>(moved.lostRuntimes())
        .forEach((language, releases) -> {
          Set<String> there = moved.otherRuntimes().getOrDefault(language, Set.of());
          obstacles.add(
              new Obstacle(
                  Kind.RUNTIME,
                  "Own layers have packages for %s %s; %s has %s."
                      .formatted(
                          language,
                          String.join(", ", releases),
                          other.name(),
                          there.isEmpty() ? "none" : language + " " + String.join(", ", there))));
        });
    new TreeMap<>(moved.lostInterpreters())
        .forEach((interpreter, scripts) ->
            obstacles.add(
                new Obstacle(
                    Kind.INTERPRETER,
                    "%s, which %s begins with, is not there."
                        .formatted(interpreter, listed(scripts)))));
    new TreeMap<>(moved.lostNeeds())
        .forEach((library, programs) ->
            obstacles.add(
                new Obstacle(
                    Kind.LIBRARY,
                    "%s, which %s needs, is not there.".formatted(library, listed(programs)))));
    if (predicted != null) {
      start(predicted, obstacles);
    }
    boolean needed = moved.programs() > 0 || !moved.managers().isEmpty();
    if (needed && !before.equals(after) && other.digest() != null) {
      obstacles.add(
          new Obstacle(
              Kind.DISTRIBUTION,
              "The image is of %s, %s of %s; the libraries that own programs need were compared by name alone."
                  .formatted(before, other.name(), after)));
    }
    return obstacles;
  }

  /** A program may need what only the newer glibc has that it was linked with. */
  private void olderLibrary(List<Obstacle> obstacles) {
    GlibcVersion now = GlibcVersion.of(image.facts());
    GlibcVersion there = GlibcVersion.of(other.facts());
    if (moved.programs() > 0 && now != null && there != null && there.isOlderThan(now)) {
      obstacles.add(
          new Obstacle(
              Kind.C_LIBRARY,
              "%s has glibc %s, the image %s: own programs may need the newer one."
                  .formatted(other.name(), there, now)));
    }
  }

  /** What starts today and would not. */
  private void start(StoredFacts predicted, List<Obstacle> obstacles) {
    Set<String> found = new HashSet<>(image.facts().started(true));
    for (String command : predicted.started(false)) {
      if (found.contains(command)) {
        obstacles.add(
            new Obstacle(Kind.START, command + ", which the image starts, is not there."));
      }
    }
    if (Boolean.TRUE.equals(image.facts().accounts().userResolves())
        && Boolean.FALSE.equals(predicted.accounts().userResolves())) {
      obstacles.add(
          new Obstacle(
              Kind.START,
              "The account %s, as which the image runs, is not there."
                  .formatted(predicted.image().config().user())));
    }
  }

  /** What is not known. */
  List<String> notKnown() {
    List<String> notKnown = new ArrayList<>();
    int layers = base.config().diffIds().size();
    if (baseLayers < layers) {
      notKnown.add(
          "The image has %d of the %d layers of %s; those above count as its own."
              .formatted(baseLayers, layers, base.name()));
    }
    List<String> inherited =
        new RebasedConfig(image.config(), base.config(), baseLayers, other.config(), Map.of())
            .inherited();
    if (!inherited.isEmpty()) {
      notKnown.add(
          String.join(", ", inherited)
              + (inherited.size() == 1 ? " is" : " are")
              + " as on the old base: taken for set by it, so that the new base sets them.");
    }
    List<HistoryEntry> writing =
        RebasedConfig.ownSteps(image.config(), base.config(), baseLayers).stream()
            .filter(step -> !step.emptyLayer())
            .toList();
    long runs = writing.stream().filter(step -> is("RUN", step)).count();
    long mayRun = writing.stream().filter(step -> is("?", step)).count();
    if (runs + mayRun > 0) {
      notKnown.add(
          counted(runs + mayRun, "own step")
              + (runs + mayRun == 1 ? " runs" : " run")
              + " commands"
              + (mayRun > 0 ? ", or may" : "")
              + ": what they wrote is taken as it is.");
    }
    List<String> triggers = withTriggers();
    if (!triggers.isEmpty()) {
      notKnown.add(
          "ONBUILD stands in the history of "
              + String.join(" and ", triggers)
              + ": what a build would run for it is not predicted.");
    }
    if (!moved.added().isEmpty() && standing() != Rebase.Standing.REBUILD_NEEDED) {
      notKnown.add(
          standing() == Rebase.Standing.INSTALLED
              ? "Packages that own layers install have the versions of today's image; a build"
                  + " installs those that the distribution has then."
              : "Which versions "
                  + after
                  + " has of the packages that own layers install, and which vulnerabilities"
                  + " those have.");
    }
    if (!moved.managers().isEmpty()) {
      List<String> missing = missingPackages();
      if (!missing.isEmpty()) {
        notKnown.add(
            "Of the old base the new one lacks %s (%s): a build installs what the own ones need."
                .formatted(counted(missing.size(), "package"), listed(missing)));
      }
    }
    if (!moved.inQuestion().isEmpty()) {
      notKnown.add(
          "The new base has %s of own layers in another version, which counts here: %s."
              .formatted(
                  counted(moved.inQuestion().size(), "package"), listed(moved.inQuestion())));
    }
    if (!moved.removed().isEmpty()) {
      notKnown.add(
          "Own layers remove %s of the old base, which the new one would lose too: %s."
              .formatted(counted(moved.removed().size(), "package"), listed(moved.removed())));
    }
    if (!moved.accountsInQuestion().isEmpty()) {
      notKnown.add(
          "The new base has %s of own layers otherwise, which counts here: %s."
              .formatted(
                  counted(moved.accountsInQuestion().size(), "account"),
                  listed(moved.accountsInQuestion())));
    }
    if (!moved.sharedIds().isEmpty()) {
      notKnown.add(
          "The new base has given the user ID of %s of own layers to another one: %s."
              .formatted(counted(moved.sharedIds().size(), "account"), listed(moved.sharedIds())));
    }
    MovedLayers.Paths deleted = moved.deleted();
    if (deleted.number() > 0) {
      notKnown.add(
          "Own layers delete %s of the old base (%s), of which the new one has %s."
              .formatted(
                  counted(deleted.number(), "file"),
                  listed(deleted),
                  number(moved.deletedThere().number())));
    }
    MovedLayers.Paths replaced = moved.replaced();
    if (replaced.number() > 0) {
      notKnown.add(
          "Own layers replace %s of the base (%s): a step that changed them changes the new ones."
              .formatted(counted(replaced.number(), "file"), listed(replaced)));
    }
    return notKnown;
  }

  /** Bases whose steps for builds on them a build would run, or has run in own layers. */
  private List<String> withTriggers() {
    return Stream.of(base, other)
        .filter(stack -> stack.config().history().stream().anyMatch(step -> is("ONBUILD", step)))
        .map(Stack::name)
        .toList();
  }

  private static boolean is(String instruction, HistoryEntry step) {
    return BuildStep.of(step.createdBy()).instruction().equals(instruction);
  }

  /** Names of packages that came with the old base and that the new one does not have. */
  private List<String> missingPackages() {
    Set<String> there = new HashSet<>();
    other.facts().packageItems().forEach(item -> there.add(name(item)));
    return image.facts().packageItems().stream()
        .filter(item -> item.layer() != null && item.layer() < baseLayers && isOfSystem(item))
        .map(Objections::name)
        .filter(name -> !there.contains(name))
        .distinct()
        .toList();
  }

  private static boolean isOfSystem(Packages.Item item) {
    return item.evidence().contains("database");
  }

  private static String name(Packages.Item item) {
    return Objects.requireNonNullElse(item.name(), "?");
  }

  private static String counted(long number, String what) {
    return number == 1
        ? "1 " + what
        : number(number)
            + " "
            + (what.endsWith("y") && !what.endsWith("ey")
                ? what.substring(0, what.length() - 1) + "ies"
                : what + "s");
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String listed(MovedLayers.Paths paths) {
    return listed(paths.first().stream().map(path -> "/" + path).toList(), paths.number());
  }

  private static String listed(List<String> names) {
    return listed(names, names.size());
  }

  private static String listed(List<String> names, long all) {
    List<String> first = names.subList(0, Math.min(MOST, names.size()));
    return String.join(", ", first)
        + (all > first.size() ? " and " + (all - first.size()) + " more" : "");
  }
}
