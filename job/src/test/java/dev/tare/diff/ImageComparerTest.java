package dev.tare.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.diff.ImageDiff.Value;
import dev.tare.facts.Layer;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import dev.tare.inspect.FileDifferences;
import dev.tare.inspect.FileTree;
import dev.tare.inspect.FileTree.Sum;
import dev.tare.report.DiffMarkdown;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImageComparerTest {
  private static final String SHARED = "sha256:" + "a".repeat(64);

  private static final FileDifferences NO_FILES =
      new FileDifferences(
          new FileTree("", true, null, Sum.ZERO, Sum.ZERO, Sum.ZERO, null, List.of(), null), 0, 0);

  private final ComparedImage before =
      image(
          "app:1",
          """
          {'size': {'compressed': 100, 'files': 3},
           'layers': [{'digest': '%s'}, {'digest': 'sha256:%s', 'createdBy': 'RUN old'}],
           'packages': {'items': [
             {'type': 'deb', 'name': 'curl', 'version': '7'},
             {'type': 'deb', 'name': 'linux', 'version': '5'},
             {'type': 'deb', 'name': 'linux', 'version': '6'},
             {'type': 'deb', 'name': 'same', 'version': '1'}]},
           'tools': [{'name': 'curl', 'category': 'download', 'path': '/usr/bin/curl'}],
           'image': {'config': {'user': 'root', 'cmd': ['a', 'b'], 'env': [{'name': 'X', 'value': '1'}]},
             'labels': {'v': '1'}}}
          """
              .formatted(SHARED, "b".repeat(64)),
          outcome("TARE-A-001", OutcomeKind.FAIL, Severity.HIGH, "Was bad."),
          outcome("TARE-A-002", OutcomeKind.FAIL, Severity.LOW, "Same."),
          outcome("TARE-A-003", OutcomeKind.PASS, Severity.LOW, "Good."),
          outcome("TARE-A-004", OutcomeKind.FAIL, Severity.LOW, "Stricter."));

  private final ComparedImage after =
      image(
          "app:2",
          """
          {'size': {'compressed': 150},
           'layers': [{'digest': '%s'}, {'digest': 'sha256:%s', 'createdBy': 'RUN new'}],
           'packages': {'items': [
             {'type': 'deb', 'name': 'linux', 'version': '6'},
             {'type': 'npm', 'name': 'curl', 'version': '7'},
             {'type': 'deb', 'name': 'same', 'version': '1'}]},
           'tools': [],
           'image': {'config': {'user': 'app', 'cmd': ['a', 'b'], 'env': [{'name': 'X', 'value': '2'}]},
             'labels': {}},
           'gaps': [{'fact': 'packages.items', 'reason': 'cut off'}]}
          """
              .formatted(SHARED, "c".repeat(64)),
          outcome("TARE-A-001", OutcomeKind.PASS, Severity.HIGH, ""),
          outcome("TARE-A-002", OutcomeKind.FAIL, Severity.LOW, "Same, other number."),
          outcome("TARE-A-003", OutcomeKind.FAIL, Severity.LOW, "Now bad."),
          outcome("TARE-A-004", OutcomeKind.FAIL, Severity.CRITICAL, "Stricter."));

  private final ImageDiff diff = ImageComparer.compare(before, after, NO_FILES);

  @Test
  void packagesToolsAndConfigurationThatDifferAreListed() {
    assertThat(diff.packages())
        .containsExactly(
            new Value("deb curl", "7", null),
            new Value("deb linux", "5, 6", "6"),
            new Value("npm curl", null, "7"));
    assertThat(diff.tools()).containsExactly(new Value("curl (download)", "/usr/bin/curl", null));
    assertThat(diff.configuration())
        .containsExactly(
            new Value("env X", "1", "2"),
            new Value("label v", "1", null),
            new Value("user", "root", "app"));
  }

  @Test
  void oneToolAtTwoPathsHasBoth() {
    String tools =
        "{'tools': [{'name': 'vim', 'category': 'editor', 'path': '/usr/bin/vim.tiny'}%s]}";
    String other = ", {'name': 'vim', 'category': 'editor', 'path': '/usr/bin/vim'}";

    assertThat(compared(tools.formatted(""), tools.formatted(other)).tools())
        .containsExactly(
            new Value("vim (editor)", "/usr/bin/vim.tiny", "/usr/bin/vim, /usr/bin/vim.tiny"));
  }

  private static final String FOUND =
      """
      {'vulnerabilities': {'known': true, 'counts': {'high': %d}, 'fixable': {'high': 1},
        'sources': [{'kind': 'feed', 'name': 'osv:Wolfi', 'revision': '%s', 'covers': ['apk'],
          'listsUnfixed': true}],
        'items': [%s]}}
      """;

  private static String item(String id, String severity, String name) {
    return "{'id': '%s', 'severity': '%s', 'package': '%s'}".formatted(id, severity, name);
  }

  @Test
  void vulnerabilitiesThatWentAndCameAreListedTheWorstFirst() {
    String both = item("CVE-2", "high", "same");
    ImageDiff diff =
        compared(
            FOUND.formatted(2, "r1", both + "," + item("CVE-1", "medium", "curl")),
            FOUND.formatted(
                2,
                "r1",
                both + "," + item("CVE-3", "critical", "z") + "," + item("CVE-3", "low", "a")));

    assertThat(diff.vulnerabilities())
        .containsExactly(
            new Value("CVE-3", null, "critical: a, z"), new Value("CVE-1", "medium: curl", null));
    assertThat(diff.sizes())
        .contains(
            new ImageDiff.Quantity("vulnerabilities", 2L, 2L, false),
            new ImageDiff.Quantity("fixable", 1L, 1L, false));
    assertThat(diff.notMeasured()).isEmpty();
    assertThat(DiffMarkdown.text(diff)).contains("CVE-3", "critical: a, z");
  }

  @Test
  void vulnerabilityThatOnlyOneIsKnownToHaveDidNotCome() {
    ImageDiff diff = compared("{}", FOUND.formatted(1, "r1", item("CVE-1", "high", "curl")));

    assertThat(diff.vulnerabilities()).isEmpty();
    assertThat(diff.sizes()).contains(new ImageDiff.Quantity("vulnerabilities", null, 1L, false));
    assertThat(diff.notMeasured()).containsExactly("vulnerabilities");
    assertThat(DiffMarkdown.text(diff)).doesNotContain("### Vulnerabilities");
  }

  @Test
  void otherRevisionOfAFeedIsSaid() {
    String found = item("CVE-1", "high", "curl");

    assertThat(
            compared(FOUND.formatted(1, "r1", found), FOUND.formatted(1, "r2", found))
                .notMeasured())
        .containsExactly("vulnerabilities");
  }

  @Test
  void feedThatListsOnlyWhatIsFixedIsNotComparedWithOneThatListsTheRest() {
    String found = FOUND.formatted(1, "r1", item("CVE-1", "high", "curl"));
    String other = found.replace("true}]", "false}]").replace("osv:Wolfi", "secdb:Wolfi");

    assertThat(compared(found, other).notMeasured()).containsExactly("vulnerabilities");
    assertThat(compared(found, found).notMeasured()).isEmpty();
  }

  @Test
  void variableWhoseValueIsHeldBackIsNotSaidToBeNull() {
    assertThat(
            compared("{}", "{'image': {'config': {'env': [{'name': 'TOKEN', 'value': null}]}}}")
                .configuration())
        .containsExactly(new Value("env TOKEN", null, "(held back: it may be a secret)"));
  }

  @Test
  void whatIsTheSameOnlyWhereItIsMaskedIsNotKnownToBeTheSame() {
    String held = "{'image': {'config': {'env': [{'name': 'TOKEN', 'value': null}]}}}";
    String masked = "{'image': {'config': {'cmd': ['/app', '--password=***']}}}";
    String label = "{'image': {'labels': {'key': '***'}}}";

    for (String image : List.of(held, masked, label)) {
      assertThat(compared(image, image).configuration()).isEmpty();
      assertThat(compared(image, image).notMeasured()).contains("image.config");
      assertThat(compared(image, "{}").notMeasured()).doesNotContain("image.config");
    }
  }

  @Test
  void baseThatIsNotKnownIsNotSaidToBeNone() {
    String unknown =
        "{'base': {'class': null, 'parent': null, 'os': null}, 'gaps': ["
            + "{'fact': 'base.class', 'reason': 'r'}, {'fact': 'base.os', 'reason': 'r'}]}";
    String known =
        "{'base': {'class': 'full', 'parent': {'reference': 'debian:12'},"
            + " 'os': {'prettyName': 'Debian 12', 'eol': '2028-06-30'}}}";
    String scratch = "{'base': {'class': 'scratch', 'parent': null}}";

    assertThat(compared(unknown, known).configuration())
        .containsExactly(
            new Value("base", "(not known)", "debian:12"),
            new Value("base class", "(not known)", "full"),
            new Value("system", "(not known)", "Debian 12"),
            new Value("system until", "(not known)", "2028-06-30"));
    assertThat(compared(unknown, known).notMeasured())
        .contains("base.class", "base.os", "base.os.eol");
    assertThat(compared(scratch, known).configuration())
        .contains(new Value("base", null, "debian:12"), new Value("system", null, "Debian 12"));
  }

  @Test
  void variantsOfAPlatformAreDifferent() {
    String platform =
        "{'image': {'platform': {'os': 'linux', 'architecture': 'arm', 'variant': '%s'}}}";

    assertThat(compared(platform.formatted("v6"), platform.formatted("v7")).configuration())
        .containsExactly(new Value("platform", "linux/arm/v6", "linux/arm/v7"));
  }

  private static ImageDiff compared(String before, String after) {
    return ImageComparer.compare(image("a", before), image("b", after), NO_FILES);
  }

  @Test
  void layersAreComparedByDigest() {
    assertThat(diff.sharedLayers()).isEqualTo(1);
    assertThat(diff.layersBefore()).extracting(Layer::createdBy).containsExactly("RUN old");
    assertThat(diff.layersAfter()).extracting(Layer::createdBy).containsExactly("RUN new");
  }

  @Test
  void rulesThatComeOutOtherwiseAreListedTheWorstFirst() {
    assertThat(diff.findings())
        .extracting(
            ImageDiff.Finding::rule,
            ImageDiff.Finding::before,
            ImageDiff.Finding::after,
            ImageDiff.Finding::message)
        .containsExactly(
            tuple("TARE-A-004", "fail low", "fail critical", "Stricter."),
            tuple("TARE-A-001", "fail high", "pass", "Was bad."),
            tuple("TARE-A-003", "pass", "fail low", "Now bad."));
  }

  /** What one side does not know is no difference that can be stated, and is said. */
  @Test
  void whatIsNotKnownIsSaid() {
    assertThat(diff.sizes())
        .filteredOn(size -> size.name().equals("files"))
        .containsExactly(new ImageDiff.Quantity("files", 3L, null, false));
    assertThat(diff.notMeasured()).containsExactly("packages.items", "vulnerabilities");
  }

  @Test
  void markdownShowsTextsAsTheyAre() {
    ImageDiff hostile =
        ImageComparer.compare(
            image("a|b", "{'image': {'labels': {'x': '<img src=x> | [a](b)'}}}"), after, NO_FILES);

    assertThat(DiffMarkdown.text(hostile))
        .contains(
            "## From a\\|b to app:2",
            "|compressed|?|150|?|",
            "|label x|\\<img src=x\\> \\| \\[a\\](b)|–|");
  }

  private static Outcome outcome(String rule, OutcomeKind kind, Severity severity, String message) {
    return new Outcome(
        rule, kind, severity, message, JsonMapper.shared().createObjectNode(), "f", null);
  }

  private static ComparedImage image(String name, String json, Outcome... outcomes) {
    JsonNode document = JsonMapper.shared().readTree(json.replace('\'', '"'));
    return new ComparedImage(name, document, Arrays.asList(outcomes));
  }
}
