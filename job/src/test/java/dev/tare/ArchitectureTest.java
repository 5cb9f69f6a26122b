package dev.tare;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the table of docs/adr/001-package-table.md and the drawing of job/README.md: which packages
 * there are, which rooms they have, what may import what, and which library is at home where.
 */
class ArchitectureTest {
  private static final Path TABLE = Path.of("../docs/adr/001-package-table.md");
  private static final int MAX_CLASSES = 40;

  /** A name at the beginning of a line or of a column, and not a word of a description. */
  private static final Pattern DRAWN = Pattern.compile("(?:^|(?<= {3}))[a-z]+(?= {2}|$)");

  /** Open to all: nouns that belong to no feature. */
  private static final Set<String> OPEN = Set.of("error", "text", "stop", "oci");

  private static final JavaClasses CLASSES = imported();
  private static final Map<String, Row> ROWS = table();

  /** Library to the packages that may import it. */
  private static final Map<String, Set<String>> HOMES =
      Map.ofEntries(
          // One adapter, so that its successor can take its place.
          Map.entry("com.styra.opa", Set.of("policy")),
          Map.entry("com.dylibso.chicory", Set.of("policy")),
          // References, credentials; sample images.
          Map.entry("com.google.cloud.tools.jib", Set.of("registry", "demo")),
          Map.entry("org.apache.hc", Set.of("http")),
          Map.entry("org.springframework.batch", Set.of("batch", "app")),
          // It packs the jar: docs/adr/011.
          Map.entry("org.springframework.boot", Set.of()),
          Map.entry("org.springframework.jdbc", Set.of("store", "batch", "app")),
          Map.entry("picocli", Set.of("cli")),
          Map.entry("io.fabric8", Set.of("kubernetes")),
          Map.entry("com.github.luben.zstd", Set.of("layer", "inspect")),
          Map.entry("com.intel.gkl", Set.of("layer")));

  /** A row of the table. */
  private record Row(Set<String> rooms, Set<String> mayImport, boolean all) {}

  private static Map<String, Row> table() {
    Map<String, Row> rows = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(TABLE)) {
        String[] cells = line.split("\\|", -1);
        if (line.startsWith("| `") && cells.length == 6) {
          rows.put(
              words(cells[1]).iterator().next(),
              new Row(words(cells[3]), words(cells[4]), cells[4].strip().equals("all")));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(TABLE + " cannot be read", e);
    }
    return rows;
  }

  private static Set<String> words(String cell) {
    return Arrays.stream(cell.split(",", -1))
        .map(word -> word.strip().replace("`", ""))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names of the libraries' classes are all that is needed; to read the classes takes long. */
  private static JavaClasses imported() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("dev.tare");
  }

  private static List<JavaClass> classes() {
    return CLASSES.stream().filter(ArchitectureTest::isOurs).toList();
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("dev.tare.");
  }

  private static String feature(JavaClass type) {
    return type.getPackageName().split("\\.", -1)[2];
  }

  /** Below its feature: {@code tree}, {@code packages.rpm}; empty for a door. */
  private static String room(JavaClass type) {
    String prefix = "dev.tare." + feature(type);
    return type.getPackageName().equals(prefix)
        ? ""
        : type.getPackageName().substring(prefix.length() + 1);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  private static Stream<JavaClass> dependencies(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .filter(ArchitectureTest::isOurs);
  }

  @Test
  void everyPackageStandsInTheTable() {
    assertThat(classes().stream().map(ArchitectureTest::feature).collect(Collectors.toSet()))
        .isEqualTo(ROWS.keySet());
  }

  /** The drawing of job/README.md: a package imports only from lines below its own. */
  @Test
  void drawingPutsEveryPackageAboveWhatItImports() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Map<String, Integer> lineOf = new LinkedHashMap<>();
    List<String> drawing = readme.split("```", -1)[1].lines().toList();
    for (int line = 0; line < drawing.size(); line++) {
      for (MatchResult name : DRAWN.matcher(drawing.get(line)).results().toList()) {
        assertThat(lineOf.put(name.group(), line)).as(name.group()).isNull();
      }
    }
    assertThat(lineOf.keySet()).containsExactlyInAnyOrderElementsOf(ROWS.keySet());
    ROWS.forEach((name, row) -> {
      if (!row.all()) {
        for (String imported : row.mayImport()) {
          assertThat(lineOf.get(imported))
              .as("%s, which %s imports", imported, name)
              .isGreaterThan(lineOf.get(name));
        }
      }
    });
  }

  @Test
  void everyRoomStandsInTheTable() {
    Map<String, Set<String>> rooms = new TreeMap<>();
    for (JavaClass type : classes()) {
      rooms.computeIfAbsent(feature(type), feature -> new TreeSet<>());
      if (!room(type).isEmpty()) {
        rooms.get(feature(type)).add(room(type).split("\\.", -1)[0]);
      }
    }
    Map<String, Set<String>> expected = new TreeMap<>();
    ROWS.forEach((feature, row) -> expected.put(feature, row.rooms()));
    assertThat(rooms).isEqualTo(expected);
  }

  @Test
  void packagesImportOnlyWhatTheTableAllows() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : classes()) {
      Row row = ROWS.get(feature(type));
      dependencies(type)
          .filter(target -> !feature(target).equals(feature(type)))
          .filter(target -> !OPEN.contains(feature(target)))
          .filter(target -> !row.all() && !row.mayImport().contains(feature(target)))
          .forEach(target -> violations.add(type.getName() + " -> " + target.getName()));
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void roomsAreImportedOnlyByTheirOwnPackage() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : classes()) {
      dependencies(type)
          .filter(target -> !feature(target).equals(feature(type)) && !room(target).isEmpty())
          .forEach(target -> violations.add(type.getName() + " -> " + target.getName()));
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void doorsShowNoRoom() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : classes()) {
      if (!room(type).isEmpty() || !isPublic(type)) {
        continue;
      }
      Stream<JavaClass> shown =
          Stream.of(
                  type.getInterfaces().stream().map(t -> t.toErasure()),
                  type.getSuperclass().stream().map(t -> t.toErasure()),
                  type.getFields().stream()
                      .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                      .map(JavaField::getRawType),
                  type.getCodeUnits().stream()
                      .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                      .flatMap(ArchitectureTest::signature))
              .flatMap(stream -> stream);
      shown
          .map(JavaClass::getBaseComponentType)
          .filter(ArchitectureTest::isOurs)
          .filter(target -> !room(target).isEmpty())
          .forEach(target -> violations.add(type.getName() + " shows " + target.getName()));
    }
    assertThat(violations).isEmpty();
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
  }

  private static Stream<JavaClass> signature(JavaCodeUnit unit) {
    return Stream.concat(
        unit.getAllInvolvedRawTypes().stream(),
        unit.getExceptionTypes().stream().map(t -> t.toErasure()));
  }

  /**
   * A room is one node, and so is each door: circles between them are found, whatever their length.
   */
  @Test
  void nothingRunsInACircleInsideAPackage() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (JavaClass type : classes()) {
      dependencies(type)
          .filter(target -> feature(target).equals(feature(type)))
          .filter(target -> !node(target).equals(node(type)))
          .forEach(target ->
              arrows.computeIfAbsent(node(type), from -> new TreeSet<>()).add(node(target)));
    }
    // Doors may know each other, as words of one language do.
    Set<String> circles = new TreeSet<>();
    for (String room : arrows.keySet()) {
      if (!room.contains("#") && reaches(arrows, room, room)) {
        circles.add(room);
      }
    }
    assertThat(circles).as("rooms from which a way leads back").isEmpty();
  }

  private static String node(JavaClass type) {
    return room(type).isEmpty()
        ? feature(type) + "#" + outermost(type).getSimpleName()
        : feature(type) + "." + room(type);
  }

  private static boolean reaches(Map<String, Set<String>> arrows, String from, String to) {
    Set<String> seen = new TreeSet<>();
    List<String> open = new ArrayList<>(arrows.getOrDefault(from, Set.of()));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (next.equals(to)) {
        return true;
      }
      if (seen.add(next)) {
        open.addAll(arrows.getOrDefault(next, Set.of()));
      }
    }
    return false;
  }

  @Test
  void packagesHaveNoCircles() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (JavaClass type : classes()) {
      dependencies(type)
          .filter(target -> !feature(target).equals(feature(type)))
          .forEach(target ->
              arrows.computeIfAbsent(feature(type), from -> new TreeSet<>()).add(feature(target)));
    }
    assertThat(arrows.keySet()).noneMatch(feature -> reaches(arrows, feature, feature));
  }

  @Test
  void noPackageIsCrowded() {
    Map<String, Set<String>> crowds = new TreeMap<>();
    for (JavaClass type : classes()) {
      // The build makes these.
      if (!outermost(type).getSimpleName().startsWith("BuiltInModule")) {
        crowds
            .computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
            .add(outermost(type).getName());
      }
    }
    crowds.values().removeIf(names -> names.size() <= MAX_CLASSES);
    assertThat(crowds).isEmpty();
  }

  static Set<String> libraries() {
    return HOMES.keySet();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void libraryIsImportedOnlyAtHome(String library) {
    Set<String> importers = new TreeSet<>();
    for (JavaClass type : classes()) {
      if (type.getDirectDependenciesFromSelf().stream()
          .anyMatch(d -> d.getTargetClass().getPackageName().startsWith(library))) {
        importers.add(feature(type));
      }
    }
    assertThat(HOMES.get(library)).containsAll(importers);
  }

  /** Those stand in the module jdk.random, which small runtimes lack. */
  @Test
  void randomGeneratorsAreNotLookedUpByName() {
    noClasses()
        .should()
        .callMethod(RandomGenerator.class, "getDefault")
        .orShould()
        .callMethod(RandomGenerator.class, "of", String.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(RandomGeneratorFactory.class)
        .check(CLASSES);
  }

  /**
   * A virtual thread that loads a class keeps its carrier: with two processors, pushes of the demo
   * and its registry waited for each other for ever.
   */
  @Test
  void noThreadIsVirtual() {
    noClasses()
        .should()
        .callMethod(Thread.class, "ofVirtual")
        .orShould()
        .callMethod(Thread.class, "startVirtualThread", Runnable.class)
        .orShould()
        .callMethod(Executors.class, "newVirtualThreadPerTaskExecutor")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarkedAndSaysWhatItIsFor() {
    Set<String> unmarked =
        classes().stream()
            .filter(type ->
                CLASSES.stream()
                    .noneMatch(c ->
                        c.getPackageName().equals(type.getPackageName())
                            && c.getSimpleName().equals("package-info")))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unmarked).isEmpty();
  }
}
