package dev.tare.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Holds the table of the chart's README to values.yaml and its comments; {@code
 * -Dtare.refresh=true} writes it again.
 */
class ChartReadmeTest {
  private static final Path README = Chart.DIRECTORY.resolve("README.md");
  private static final String MARK = "<!-- From values.yaml; a test writes it. -->\n";

  @Test
  void readmeSaysWhatTheValuesAre() throws IOException {
    String text = Files.readString(README);
    String page = text.substring(0, text.indexOf(MARK) + MARK.length()) + "\n" + table();
    if (Boolean.getBoolean("tare.refresh")) {
      Files.writeString(README, page);
    }
    assertThat(README)
        .as("refresh with ./mvnw test -Dtest=ChartReadmeTest -Dtare.refresh=true")
        .hasContent(page);
  }

  private static String table() throws IOException {
    Node root =
        new Compose(LoadSettings.builder().setParseComments(true).build())
            .composeString(Files.readString(Chart.DIRECTORY.resolve("values.yaml")))
            .orElseThrow();
    List<String> rows = new ArrayList<>();
    rows((MappingNode) root, "", rows);
    return "| value | default | |\n|---|---|---|\n" + String.join("", rows);
  }

  /** A row a key that has a comment which begins with two dashes; every leaf must have one. */
  private static void rows(MappingNode mapping, String prefix, List<String> rows) {
    for (NodeTuple entry : mapping.getValue()) {
      String path = prefix + ((ScalarNode) entry.getKeyNode()).getValue();
      List<CommentLine> comments = entry.getKeyNode().getBlockComments();
      String comment =
          comments == null
              ? ""
              : comments.stream()
                  .map(line -> line.getValue().strip())
                  .collect(Collectors.joining(" "))
                  .strip();
      if (comment.startsWith("-- ")) {
        rows.add(
            "| `%s` | `%s` | %s |\n"
                .formatted(path, value(entry.getValueNode()), comment.substring(3)));
      } else if (entry.getValueNode() instanceof MappingNode inner && !inner.getValue().isEmpty()) {
        rows(inner, path + ".", rows);
      } else {
        throw new AssertionError("values.yaml: " + path + " has no comment that begins with --");
      }
    }
  }

  private static String value(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar.getValue().isEmpty() ? "\"\"" : scalar.getValue();
      case MappingNode mapping ->
          mapping.getValue().stream()
              .map(entry -> value(entry.getKeyNode()) + ": " + value(entry.getValueNode()))
              .collect(Collectors.joining(", ", "{", "}"));
      case org.snakeyaml.engine.v2.nodes.SequenceNode sequence ->
          sequence.getValue().stream()
              .map(ChartReadmeTest::value)
              .collect(Collectors.joining(", ", "[", "]"));
      default -> throw new IllegalArgumentException(node.toString());
    };
  }
}
