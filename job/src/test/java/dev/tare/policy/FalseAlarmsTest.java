package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.testing.TestImages;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What users of other tools complained of: alarms about nothing, and silence about something. */
class FalseAlarmsTest {
  private static PolicyEngine engine;

  @BeforeAll
  static void open() {
    engine = PolicyEngines.open(List.of(), PolicySettings.defaults());
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static Outcome judge(JsonNode facts, String rule) {
    return engine.evaluate(facts).stream()
        .filter(outcome -> outcome.rule().equals(rule))
        .findAny()
        .orElseThrow();
  }

  private static OutcomeKind kind(JsonNode facts, String rule) {
    return judge(facts, rule).kind();
  }

  /** Facts of an image that breaks no rule; a document of its own each time. */
  private static ObjectNode clean() {
    return (ObjectNode) Examples.clean();
  }

  private static ObjectNode example(String path) {
    return (ObjectNode) Examples.read(Examples.policies().resolve("tare/rules").resolve(path));
  }

  private static JsonNode apache() {
    return Examples.read(
        TestImages.repository().resolve("job/src/test/resources/verdicts/debian-apache.json"));
  }

  private static ObjectNode builtBy(String step) {
    ObjectNode facts = clean();
    ((ObjectNode) facts.path("image").path("history").path(1)).put("createdBy", step);
    ((ObjectNode) facts.path("layers").path(facts.path("layers").size() - 1))
        .put("createdBy", step);
    return facts;
  }

  /** Words of commands that are no commands: dockle 202 and 278. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ENV HINT=apt-get update",
        "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends nginx=1.22.1-9 # buildkit",
        "RUN /bin/sh -c set -eux; apt-get update; apt-get install -y --no-install-recommends nginx=1.22.1-9; rm -rf /var/lib/apt/lists/* # buildkit",
        "LABEL description=runs sudo apt-get update for you",
        "COPY apt-get-update.txt /usr/share/app/"
      })
  void wordsInTheHistoryAreNoCommands(String step) {
    ObjectNode facts = builtBy(step);
    assertThat(engine.evaluate(facts))
        .filteredOn(outcome ->
            List.of("TARE-PKG-008", "TARE-PKG-009", "TARE-PRIV-003", "TARE-SECRET-001")
                .contains(outcome.rule()))
        .hasSize(4)
        .extracting(Outcome::kind)
        .doesNotContain(OutcomeKind.FAIL);
  }

  /** Images that have no package database, and need none: dockle 60 and 239, dive 684. */
  @Test
  void scratchImageIsNotBlamedForWhatItDoesNotHave() {
    ObjectNode facts = example("pkg/no_evidence/examples/not-applicable-scratch.json");
    assertThat(kind(facts, "TARE-PKG-006")).isEqualTo(OutcomeKind.NOT_APPLICABLE);
    assertThat(engine.evaluate(facts))
        .filteredOn(outcome -> outcome.kind() == OutcomeKind.FAIL)
        .extracting(Outcome::rule)
        .doesNotContain(
            "TARE-PKG-003", "TARE-PKG-005", "TARE-LAYER-002", "TARE-BASE-004", "TARE-BASE-010");
  }

  /** A base's findings cannot be told from own ones: trivy 1198, 3814, 3834, grype 739. */
  @Test
  void findingSaysWhetherTheBaseBroughtIt() {
    ObjectNode facts = (ObjectNode) apache();
    facts.path("tools").forEach(tool -> ((ObjectNode) tool).put("inBase", true));
    Outcome shell = judge(facts, "TARE-TOOL-001");
    assertThat(shell.kind()).isEqualTo(OutcomeKind.FAIL);
    assertThat(shell.evidence().path("origin").asString("")).isEqualTo("base");
    facts.path("tools").forEach(tool -> ((ObjectNode) tool).put("inBase", false));
    assertThat(judge(facts, "TARE-TOOL-001").evidence().path("origin").asString(""))
        .isEqualTo("image");
  }

  /** Waste of the base counts as the image's own: dive 111 and 454. */
  @Test
  void wasteOfTheBaseIsSaidToBeTheBases() {
    ObjectNode facts = clean();
    ((ObjectNode) facts.path("size")).put("wasted", 30_000_000).put("efficiency", 0.5);
    ((ObjectNode) facts.path("layers").path(0)).put("wasted", 30_000_000);
    for (String rule : List.of("TARE-LAYER-002", "TARE-LAYER-003")) {
      assertThat(judge(facts, rule).evidence().path("origin").asString("")).isEqualTo("base");
    }
    ((ObjectNode) facts.path("layers").path(1)).put("wasted", 1);
    assertThat(judge(facts, "TARE-LAYER-003").evidence().path("origin").asString(""))
        .isEqualTo("mixed");
  }

  /** Waste is counted twice: dive 76. Here a layer's share is never more than the whole. */
  @Test
  void wasteOfLayersAddsUpToTheWasteOfTheImage() {
    JsonNode facts = apache();
    long layers =
        facts.path("layers").valueStream().mapToLong(l -> l.path("wasted").asLong()).sum();
    assertThat(layers).isPositive().isEqualTo(facts.path("size").path("wasted").asLong());
  }

  /** A rolling distribution is blamed for having no release to end: Wolfi in dockle 239. */
  @Test
  void wolfiIsNotPastAnyEndOfLife() {
    ObjectNode facts = clean();
    facts
        .withObjectProperty("base")
        .put("class", "wolfi")
        .putObject("os")
        .put("id", "wolfi")
        .put("versionId", "20230201")
        .put("prettyName", "Wolfi")
        .putNull("eol")
        .put("source", "etc/os-release");
    assertThat(kind(facts, "TARE-BASE-010")).isEqualTo(OutcomeKind.NOT_APPLICABLE);
    assertThat(kind(facts, "TARE-BASE-004")).isEqualTo(OutcomeKind.PASS);
  }

  /** Deleted files are reported as if they were there: trivy 1389 and 3924. */
  @Test
  void deletedToolIsNoToolOfTheImageButStillShipped() {
    ObjectNode facts = (ObjectNode) apache();
    ArrayNode hidden = facts.putArray("hiddenTools");
    facts.path("tools").forEach(hidden::add);
    facts.putArray("tools");
    assertThat(kind(facts, "TARE-TOOL-001")).isNotEqualTo(OutcomeKind.FAIL);
    assertThat(kind(facts, "TARE-TOOL-002")).isNotEqualTo(OutcomeKind.FAIL);
    assertThat(kind(facts, "TARE-TOOL-016")).isEqualTo(OutcomeKind.FAIL);
  }

  /** "Distroless" images that hold shells: istio 56572, distroless 601 and 1178. */
  @Test
  void shellInADistrolessImageIsFoundWhateverTheImageIsCalled() {
    ObjectNode facts = clean();
    assertThat(facts.path("base").path("class").asString("")).isEqualTo("distroless");
    assertThat(kind(facts, "TARE-TOOL-001")).isEqualTo(OutcomeKind.PASS);
    ArrayNode tools = facts.putArray("tools");
    apache()
        .path("tools")
        .valueStream()
        .filter(tool -> tool.path("category").asString("").equals("shell"))
        .forEach(tools::add);
    assertThat(tools).isNotEmpty();
    assertThat(kind(facts, "TARE-TOOL-001")).isEqualTo(OutcomeKind.FAIL);
  }

  /** Executables that no package owns are invisible: syft 1178 and 3511, trivy 481 and 2098. */
  @Test
  void shellThatNoPackageOwnsIsFound() {
    ObjectNode facts = (ObjectNode) apache();
    facts.path("tools").forEach(tool -> ((ObjectNode) tool).put("owned", false).putNull("package"));
    assertThat(kind(facts, "TARE-TOOL-001")).isEqualTo(OutcomeKind.FAIL);
  }

  /** Systems past their end of life show nothing instead of failing: trivy 897, 2996, 3759. */
  @Test
  void systemPastItsEndOfLifeFails() {
    ObjectNode facts = (ObjectNode) apache();
    assertThat(kind(facts, "TARE-BASE-010")).isEqualTo(OutcomeKind.PASS);
    facts.put("evaluatedAt", "2029-01-01T00:00:00Z");
    assertThat(kind(facts, "TARE-BASE-010")).isEqualTo(OutcomeKind.FAIL);
  }

  /** What could not be read reads as clean: the CHPs scorer where {@code which} is missing. */
  @Test
  void toolsThatCouldNotBeReadAreNotAbsent() {
    ObjectNode facts = clean();
    facts
        .putArray("gaps")
        .addObject()
        .put("fact", "tools")
        .putNull("path")
        .putNull("layer")
        .put("reason", "layer 1 is larger than the limit");
    assertThat(kind(facts, "TARE-TOOL-001")).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(kind(facts, "TARE-TOOL-002")).isEqualTo(OutcomeKind.UNKNOWN);
  }

  /**
   * What the base was built with is held against the image: trivy 3814 (ADD) and 3834 (apt-get).
   */
  @Test
  void stepsOfTheBaseAreNotTheImagesOwn() {
    ObjectNode facts = clean();
    ArrayNode history = (ArrayNode) facts.path("image").path("history");
    for (String step :
        List.of(
            "/bin/sh -c #(nop) ADD dir:2e5ab0 in /etc ",
            "RUN /bin/sh -c apt-get update",
            "RUN /bin/sh -c curl https://example.com/install.sh | sh",
            "RUN /bin/sh -c apt-get install -y git")) {
      history
          .insertObject(0)
          .put("created", "2026-11-01T00:00:00Z")
          .put("createdBy", step)
          .put("emptyLayer", true)
          .putNull("layer");
    }
    assertThat(engine.evaluate(facts))
        .filteredOn(outcome ->
            List.of("TARE-USER-006", "TARE-PKG-007", "TARE-PKG-008", "TARE-PKG-009", "TARE-PKG-010")
                .contains(outcome.rule()))
        .hasSize(5)
        .extracting(Outcome::kind)
        .containsOnly(OutcomeKind.PASS);
  }

  /** The base is unknown although the image's provenance names it: scout-cli 38, 84 and 183. */
  @Test
  void baseThatProvenanceNamesIsKnown() {
    ObjectNode facts = clean();
    ObjectNode base = (ObjectNode) facts.path("base");
    base.putObject("annotated").putNull("name").putNull("digest");
    for (String key : List.of("root", "parent")) {
      evidence(base.path(key)).removeAll().add("provenance").add("layers");
    }
    base.path("lineage").forEach(a -> evidence(a).removeAll().add("provenance").add("layers"));
    assertThat(kind(facts, "TARE-BASE-003")).isEqualTo(OutcomeKind.PASS);
    assertThat(kind(facts, "TARE-BASE-005")).isEqualTo(OutcomeKind.PASS);
    assertThat(kind(facts, "TARE-BASE-007")).isEqualTo(OutcomeKind.PASS);
  }

  private static ArrayNode evidence(JsonNode ancestor) {
    return (ArrayNode) ancestor.path("evidence");
  }

  /** What build steps alone suggest has a name, and nothing passes or fails because of it. */
  @Test
  void guessedParentIsNamedAndDecidesNothing() {
    ObjectNode facts = clean();
    ObjectNode base = (ObjectNode) facts.path("base");
    base.putNull("root").putArray("lineage");
    ObjectNode parent = base.putObject("parent");
    parent
        .put("reference", "docker.io/library/python:3.12.4-slim-bookworm")
        .putNull("digest")
        .put("layers", 0)
        .put("confidence", 0.4)
        .put("tie", false)
        .putArray("evidence")
        .add("family");
    ((ArrayNode) base.path("lineage")).add(parent.deepCopy());
    base.putObject("annotated").putNull("name").putNull("digest");
    base.putObject("outdated").put("known", false).putNull("currentDigest").putNull("lagDays");
    ((ObjectNode) facts.path("size")).putNull("addedOverBase");
    assertThat(judge(facts, "TARE-BASE-003").message())
        .isEqualTo(
            "The parent is probably docker.io/library/python:3.12.4-slim-bookworm, with a"
                + " confidence of 40.0 %; 50.0 % is required.");
    for (String rule : List.of("TARE-BASE-005", "TARE-BASE-009", "TARE-SIZE-003")) {
      assertThat(kind(facts, rule)).as(rule).isEqualTo(OutcomeKind.UNKNOWN);
    }
    for (String pattern : List.of("docker.io/library/*", "registry.test/golden/*")) {
      assertThat(approval(facts, pattern)).as(pattern).isEqualTo(OutcomeKind.UNKNOWN);
    }
  }

  private static OutcomeKind approval(JsonNode facts, String pattern) {
    PolicySettings settings =
        PolicySettings.of(
            new YAMLMapper().readTree("rules: {TARE-BASE-001: {allowed: [\"" + pattern + "\"]}}"));
    try (PolicyEngine strict = PolicyEngines.open(List.of(), settings)) {
      return strict.evaluate(facts).stream()
          .filter(outcome -> outcome.rule().equals("TARE-BASE-001"))
          .findAny()
          .orElseThrow()
          .kind();
    }
  }

  /** A grade drops, or rises, without a word where the base is unknown: scout-cli 212 and 221. */
  @Test
  void unknownBaseIsSaidAndNothingOfItPasses() {
    ObjectNode facts = clean();
    ObjectNode base = (ObjectNode) facts.path("base");
    base.putNull("root").putNull("parent").putArray("lineage");
    base.putObject("annotated").putNull("name").putNull("digest");
    base.putObject("outdated").put("known", false).putNull("currentDigest").putNull("lagDays");
    ((ObjectNode) facts.path("size")).putNull("addedOverBase");
    assertThat(judge(facts, "TARE-BASE-003").message())
        .isEqualTo("No ancestor of the image is known.");
    assertThat(kind(facts, "TARE-BASE-003")).isEqualTo(OutcomeKind.FAIL);
    for (String rule :
        List.of("TARE-BASE-005", "TARE-BASE-007", "TARE-BASE-009", "TARE-SIZE-003")) {
      assertThat(kind(facts, rule)).as(rule).isEqualTo(OutcomeKind.UNKNOWN);
    }
  }

  /** Chiselled Ubuntu cannot be read, so it has nothing: grype 3389. */
  @Test
  void chiselledImageHasPackagesAndNoOrphanedDatabase() {
    ObjectNode facts = clean();
    ((ObjectNode) facts.path("base")).put("class", "chiselled");
    ((ObjectNode) facts.path("packages")).putArray("managers").add("chisel");
    assertThat(kind(facts, "TARE-PKG-006")).isEqualTo(OutcomeKind.PASS);
    assertThat(kind(facts, "TARE-PKG-001")).isEqualTo(OutcomeKind.PASS);
    assertThat(kind(facts, "TARE-PKG-005")).isEqualTo(OutcomeKind.NOT_APPLICABLE);
    assertThat(kind(facts, "TARE-BASE-004")).isEqualTo(OutcomeKind.PASS);
  }

  /** What an installation rewrites by itself is no content that somebody deleted. */
  @Test
  void packageDatabaseThatAnInstallationRewritesIsNoWaste() {
    JsonNode facts = apache();
    assertThat(
            facts.path("layers").valueStream().mapToLong(l -> l.path("hiddenBytes").asLong()).sum())
        .isGreaterThan(1_000_000);
    assertThat(kind(facts, "TARE-LAYER-003")).isEqualTo(OutcomeKind.PASS);
    assertThat(kind(facts, "TARE-LAYER-004")).isEqualTo(OutcomeKind.PASS);
  }
}
