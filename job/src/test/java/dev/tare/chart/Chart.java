package dev.tare.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart as Helm renders it, for release {@code nightly} in namespace {@code audit}. */
final class Chart {
  static final Path DIRECTORY = TestImages.repository().resolve("charts/tare");

  /** Helm's library leaves out hooks: it renders a copy in which they are ordinary objects. */
  private static final String HOOK = "helm.sh/hook";

  private static final String NO_HOOK = "helm.sh/was-hook";
  private static final Path RENDERED = copyWithoutHooks();

  private Chart() {}

  /** Copies the chart's files into a directory. */
  static void copy(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(DIRECTORY.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static Path copyWithoutHooks() {
    try {
      Path copy = Files.createTempDirectory(TestImages.repository().resolve("job/target"), "chart");
      copy(copy);
      try (Stream<Path> templates = Files.walk(copy.resolve("templates"))) {
        for (Path file : templates.filter(Files::isRegularFile).toList()) {
          Files.writeString(file, Files.readString(file).replace(HOOK, NO_HOOK));
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values files that the chart is tried with, by name. */
  static List<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The objects that a values file of {@code ci/} and further values give. */
  static List<JsonNode> render(String example, Map<String, String> values) {
    return render(command().withValuesFile(DIRECTORY.resolve("ci").resolve(example)), values);
  }

  /** The objects that the least values, and those of a file over them, give. */
  static List<JsonNode> renderOverTheLeast(Path file) {
    return render(
        command().withValuesFile(DIRECTORY.resolve("ci/minimal-values.yaml")).withValuesFile(file),
        Map.of());
  }

  private static TemplateCommand command() {
    return new Helm(RENDERED)
        .template()
        .withName("nightly")
        .withNamespace("audit")
        .withKubeVersion("1.31.0");
  }

  private static List<JsonNode> render(TemplateCommand command, Map<String, String> values) {
    values.forEach(command::set);
    return KubernetesObjects.documents(command.call().replace(NO_HOOK, HOOK));
  }

  /** The only object of this kind. */
  static JsonNode only(List<JsonNode> objects, String kind) {
    List<JsonNode> found =
        objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects of kind " + kind);
    }
    return found.getFirst();
  }
}
