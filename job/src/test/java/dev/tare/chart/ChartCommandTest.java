package dev.tare.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.cli.JobsFactory;
import dev.tare.cli.JobsSettings;
import dev.tare.cli.TareCli;
import dev.tare.cli.Terminal;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.stop.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pods are told to run, run by Tare itself as far as that goes without a registry. */
class ChartCommandTest {
  private static final String MOUNTED = "/etc/tare/configuration/tare.yaml";

  @TempDir Path directory;

  static List<String> examples() throws IOException {
    return Chart.examples();
  }

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @MethodSource("examples")
  void scanUnderstandsItsArgumentsAndConfiguration(String example) throws IOException {
    List<JsonNode> objects = Chart.render(example, Map.of());
    JsonNode container =
        Chart.only(objects, "CronJob").at("/spec/jobTemplate/spec/template/spec/containers/0");
    List<String> names = container.at("/env").findValuesAsText("name");
    Map<String, String> environment = new HashMap<>();
    if (names.contains("TARE_STATE")) {
      environment.put("TARE_STATE", "jdbc:postgresql://db/tare");
    }
    if (names.contains("TARE_TICKETS_TOKEN")) {
      environment.put("TARE_TICKETS_TOKEN", "token");
    }
    List<JobsSettings> opened = new ArrayList<>();
    int status =
        run(
            objects,
            container,
            environment,
            options -> {
              opened.add(options);
              throw new TareException(FailureKind.ENVIRONMENT, "as far as this test goes");
            });
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("as far as this test goes");
    assertThat(status).isEqualTo(4);
    assertThat(opened)
        .extracting(options -> options.state().toString())
        .containsExactly(environment.getOrDefault("TARE_STATE", "/var/lib/tare/state"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void testPodsReadTheConfiguration(String example) throws IOException {
    List<JsonNode> objects = Chart.render(example, Map.of());
    JsonNode pod =
        objects.stream()
            .filter(object -> object.at("/metadata/name").asText().endsWith("-configuration"))
            .findFirst()
            .orElseThrow();
    int status =
        run(
            objects,
            pod.at("/spec/containers/0"),
            Map.of(),
            options -> {
              throw new AssertionError("opens the state");
            });
    assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
  }

  private int run(
      List<JsonNode> objects,
      JsonNode container,
      Map<String, String> environment,
      JobsFactory factory)
      throws IOException {
    JsonNode data = Chart.only(objects, "ConfigMap").get("data");
    Path waivers = directory.resolve("waivers.yaml");
    Files.writeString(waivers, data.path("waivers.yaml").asText());
    Path file = directory.resolve("tare.yaml");
    ObjectNode configuration =
        (ObjectNode) KubernetesObjects.documents(data.path("tare.yaml").asText()).getFirst();
    // Bundles are elsewhere: in another ConfigMap, and in a registry.
    configuration.remove("policy");
    if (configuration.has("waivers")) {
      configuration.put("waivers", waivers.toString());
    }
    Files.writeString(file, configuration.toString());
    List<String> arguments = new ArrayList<>();
    container
        .get("args")
        .forEach(
            one -> arguments.add(one.asText().equals(MOUNTED) ? file.toString() : one.asText()));
    return new TareCli(
            new Terminal(new ByteArrayOutputStream(), err, environment),
            factory,
            () -> {},
            new StopSignal(),
            "1.2.3")
        .run(arguments.toArray(String[]::new));
  }
}
