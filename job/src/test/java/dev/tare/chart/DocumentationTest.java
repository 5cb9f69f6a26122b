package dev.tare.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.testing.TestImages;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The YAML of docs/kubernetes.md: manifests are Kubernetes' own, the others are values. */
class DocumentationTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```yaml\\n(.*?)^ *```");

  @TempDir Path directory;

  private static List<JsonNode> blocks() throws IOException {
    String text = Files.readString(TestImages.repository().resolve("docs/kubernetes.md"));
    return BLOCK
        .matcher(text)
        .results()
        .flatMap(block -> KubernetesObjects.documents(block.group(1).stripIndent()).stream())
        .toList();
  }

  @Test
  void manifestsAreOnesThatKubernetesKnows() throws IOException {
    assertThat(blocks().stream().filter(block -> block.has("kind")).map(KubernetesObjects::strict))
        .extracting(HasMetadata::getKind)
        .containsExactly("Pod");
  }

  @Test
  void valuesAreOnesThatTheChartTakes() throws IOException {
    List<JsonNode> values = blocks().stream().filter(block -> !block.has("kind")).toList();
    assertThat(values).hasSizeGreaterThan(1);
    for (JsonNode block : values) {
      // What stands for a digest there is none.
      if (block.path("image") instanceof ObjectNode image) {
        image.remove("digest");
      }
      Path file = directory.resolve("values.yaml");
      Files.writeString(file, block.toString());
      Chart.renderOverTheLeast(file).forEach(KubernetesObjects::strict);
    }
  }
}
