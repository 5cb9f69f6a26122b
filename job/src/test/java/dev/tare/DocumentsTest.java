package dev.tare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What documents point to is there: files, headings, tests, decisions. */
class DocumentsTest {
  private static final Path ROOT = TestImages.repository();
  private static final Path SOURCES = ROOT.resolve("job/src/main/java/dev/tare");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern TEST_CLASS = Pattern.compile("([A-Z]\\w*(?:Test|IT|Contract))");

  /** Names of tests are sentences, and so longer than other names; their class may be left out. */
  private static final Pattern TEST = Pattern.compile("(?:[A-Z]\\w*)?\\.[a-z][A-Za-z0-9]{20,}");

  private static final Pattern BARE_TEST = Pattern.compile("[a-z][A-Za-z0-9]{20,}");
  private static final String LISTS_TESTS = "docs/development.md";

  static List<String> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CHANGELOG.md", "job/README.md", "charts/tare/README.md"),
              docs.filter(Files::isRegularFile).map(file -> ROOT.relativize(file).toString()))
          .sorted()
          .toList();
    }
  }

  private static String text(Path document) {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As GitHub makes them: lower case, without punctuation, a dash for each space. */
  private static Stream<String> anchors(String text) {
    return HEADING
        .matcher(text)
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\w\\- ]", "").replace(' ', '-'));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(String document) {
    Path from = ROOT.resolve(document);
    for (MatchResult link : LINK.matcher(text(from)).results().toList()) {
      Path to = link.group(1).isEmpty() ? from : from.resolveSibling(link.group(1));
      assertThat(to).exists();
      if (link.group(2) != null) {
        assertThat(anchors(text(to))).as(link.group()).contains(link.group(2));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void testsThatAreNamedExist(String document) throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("job/src/test/java"))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file -> tests.put(file.getFileName().toString().replace(".java", ""), text(file)));
    }
    String all = String.join("\n", tests.values());
    for (MatchResult span : SPAN.matcher(text(ROOT.resolve(document))).results().toList()) {
      String named = span.group(1);
      String type = named.replaceFirst("\\..*", "");
      if (TEST_CLASS.matcher(type).matches()) {
        assertThat(tests).containsKey(type);
      }
      if (TEST.matcher(named).matches()
          || (document.equals(LISTS_TESTS) && BARE_TEST.matcher(named).matches())) {
        String method = named.substring(named.indexOf('.') + 1);
        assertThat(tests.getOrDefault(type, all).contains("void " + method + "("))
            .as(named)
            .isTrue();
      }
    }
  }

  /** The table of job/README.md that says where a new thing goes. */
  @Test
  void placesForNewThingsExist() {
    List<String> paths =
        text(ROOT.resolve("job/README.md"))
            .lines()
            .filter(line -> line.startsWith("| a") || line.startsWith("| what"))
            .flatMap(row -> SPAN.matcher(row).results())
            .map(span -> span.group(1))
            .filter(path -> path.matches("[\\w./-]*/[\\w./-]+"))
            .filter(path -> !path.contains("THEME"))
            .toList();
    assertThat(paths)
        .hasSizeGreaterThan(30)
        .allMatch(path ->
            Stream.of(
                    SOURCES.resolve(path),
                    SOURCES.resolve(path + ".java"),
                    ROOT.resolve(path),
                    ROOT.resolve("job").resolve(path))
                .anyMatch(Files::exists));
  }

  @Test
  void decisionsAreNumberedAndListed() throws IOException {
    Path folder = ROOT.resolve("docs/adr");
    List<String> names;
    try (Stream<Path> files = Files.list(folder)) {
      names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("README.md"))
              .sorted()
              .toList();
    }
    assertThat(names.stream().map(name -> name.substring(0, 4)))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, names.size())
                .mapToObj(number -> String.format(Locale.ROOT, "%03d-", number))
                .collect(Collectors.toList()));
    String list = text(folder.resolve("README.md"));
    for (String name : names) {
      String heading = text(folder.resolve(name)).lines().findFirst().orElseThrow();
      String number = heading.substring(2, heading.indexOf('.'));
      String title = heading.substring(heading.indexOf(' ', 3) + 1);
      assertThat(Integer.parseInt(number)).isEqualTo(Integer.parseInt(name.substring(0, 3)));
      assertThat(list).contains("| [" + number + "](" + name + ") | " + title);
    }
  }
}
