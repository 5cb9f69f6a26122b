package dev.tare;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the table of docs/adr/001-package-table.md: which package may import which, and which
 * library is at home where.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES = imported();

  /** Package to the packages it may import; every package may import itself and error. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          // Nouns: no package below them but each other.
          Map.entry("error", Set.of()),
          Map.entry("stop", Set.of()),
          Map.entry("oci", Set.of()),
          Map.entry("finding", Set.of("oci")),
          // Features: nouns only, so that each can be read, tested and replaced alone.
          Map.entry("layer", Set.of("oci")),
          // Whoever waits for others is to be cut off.
          Map.entry("registry", Set.of("oci", "stop")),
          Map.entry("lineage", Set.of("oci")),
          // The facts document holds the ancestors, and somebody has to write it down.
          Map.entry("inspect", Set.of("oci", "layer", "lineage")),
          // Judges a JSON document that a schema describes, not our records: old facts and others'
          // facts too.
          Map.entry("policy", Set.of("oci", "finding")),
          Map.entry("report", Set.of("oci", "finding")),
          Map.entry("ticket", Set.of("oci", "finding")),
          Map.entry("demo", Set.of("oci", "registry")),
          // What a pod calls its image is read by the rules that hold for people, too.
          Map.entry("kubernetes", Set.of("oci", "finding", "registry")),
          // Implements what its consumers declare.
          Map.entry("store", Set.of("oci", "finding", "layer", "lineage", "ticket")),
          // The job knows every feature; nobody but commands and wiring knows the job.
          Map.entry(
              "batch",
              Set.of(
                  "oci",
                  "finding",
                  "layer",
                  "registry",
                  "lineage",
                  "inspect",
                  "policy",
                  "report",
                  "ticket",
                  "kubernetes",
                  "store",
                  "stop")),
          Map.entry(
              "cli",
              Set.of(
                  "oci",
                  "finding",
                  "registry",
                  "inspect",
                  "lineage",
                  "policy",
                  "report",
                  "ticket",
                  "demo",
                  "kubernetes",
                  "store",
                  "batch",
                  "stop")),
          Map.entry(
              "app",
              Set.of(
                  "oci",
                  "finding",
                  "layer",
                  "registry",
                  "lineage",
                  "inspect",
                  "policy",
                  "report",
                  "ticket",
                  "demo",
                  "kubernetes",
                  "store",
                  "batch",
                  "cli",
                  "stop")));

  /** Library to the packages that may import it. */
  private static final Map<String, Set<String>> HOMES =
      Map.ofEntries(
          // One adapter, so that its successor can take its place.
          Map.entry("com.styra.opa", Set.of("policy")),
          Map.entry("com.dylibso.chicory", Set.of("policy")),
          // References, credentials; sample images.
          Map.entry("com.google.cloud.tools.jib", Set.of("registry", "demo")),
          Map.entry("org.apache.hc", Set.of("registry")),
          Map.entry("org.springframework.batch", Set.of("batch", "app")),
          // It packs the jar: docs/adr/011.
          Map.entry("org.springframework.boot", Set.of()),
          Map.entry("org.springframework.jdbc", Set.of("store", "batch", "app")),
          Map.entry("picocli", Set.of("cli")),
          Map.entry("io.fabric8", Set.of("kubernetes")),
          Map.entry("com.github.luben.zstd", Set.of("layer", "inspect")),
          Map.entry("com.intel.gkl", Set.of("layer")));

  /** Names of the libraries' classes are all that is needed; to read the classes takes long. */
  private static JavaClasses imported() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("dev.tare");
  }

  static List<JavaClass> classes() {
    return CLASSES.stream().filter(c -> c.getPackageName().startsWith("dev.tare.")).toList();
  }

  private static String top(JavaClass type) {
    return type.getPackageName().split("\\.", -1)[2];
  }

  @Test
  void everyPackageStandsInTheTable() {
    assertThat(classes().stream().map(ArchitectureTest::top).collect(Collectors.toSet()))
        .isEqualTo(ALLOWED.keySet());
  }

  @Test
  void packagesImportOnlyWhatTheTableAllows() {
    Set<String> violations = new TreeSet<>();
    for (JavaClass type : classes()) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        if (target.getPackageName().startsWith("dev.tare.")) {
          String from = top(type);
          String to = top(target);
          if (!from.equals(to) && !to.equals("error") && !ALLOWED.get(from).contains(to)) {
            violations.add(from + " -> " + to + ": " + dependency.getDescription());
          }
        }
      }
    }
    assertThat(violations).isEmpty();
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
        importers.add(top(type));
      }
    }
    assertThat(HOMES.get(library)).containsAll(importers);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.tare.(*)..").should().beFreeOfCycles().check(CLASSES);
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
