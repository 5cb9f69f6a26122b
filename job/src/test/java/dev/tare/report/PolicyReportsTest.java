package dev.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Workload;
import dev.tare.testing.SampleRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyReportsTest {
  private static final String CLUSTER_SCOPED = "ClusterPolicyReport";

  private final SampleRun run = SampleRun.small();
  private final JudgedImage image =
      run.images().stream()
          .filter(one ->
              one.outcomes().stream().anyMatch(outcome -> outcome.kind() == OutcomeKind.FAIL))
          .findFirst()
          .orElseThrow();

  private static Workload web(String cluster, String namespace, String name) {
    return new Workload(cluster, namespace, "Deployment", name, "app");
  }

  private List<JsonNode> besideWorkloads(String cluster, List<Workload> workloads) {
    List<JsonNode> documents = new ArrayList<>();
    PolicyReports.besideWorkloads(ReportInput.of(run.usedBy(image, workloads)), cluster)
        .forEach(json -> documents.add(JsonMapper.shared().readTree(json)));
    return documents;
  }

  private List<String> places(List<JsonNode> documents) {
    return documents.stream()
        .filter(document ->
            document
                .at("/metadata/annotations/tare.dev~1repository")
                .asString("")
                .equals(image.registry() + "/" + image.repository()))
        .map(document ->
            document.path("kind").asString()
                + " "
                + document.at("/metadata/namespace").asString(""))
        .toList();
  }

  @Test
  void reportStandsInEachNamespaceThatRunsTheImage() {
    List<JsonNode> documents =
        besideWorkloads(
            "", List.of(web("", "shop", "web"), web("", "billing", "web"), web("", "shop", "api")));
    assertThat(places(documents))
        .contains("PolicyReport shop", "PolicyReport billing")
        .doesNotHaveDuplicates();
    JsonNode shop =
        documents.stream()
            .filter(document -> document.at("/metadata/namespace").asString("").equals("shop"))
            .findFirst()
            .orElseThrow();
    assertThat(shop.at("/results/0/resources").toString())
        .isEqualTo(
            "[{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"namespace\":\"shop\",\"name\":\"api\"},"
                + "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"namespace\":\"shop\",\"name\":\"web\"}]");
  }

  @Test
  void whatAnotherClusterRunsIsOfNoNamespace() {
    List<JsonNode> documents = besideWorkloads("prod", List.of(web("staging", "shop", "web")));
    assertThat(documents)
        .allSatisfy(document -> {
          assertThat(document.path("kind").asString()).isEqualTo(CLUSTER_SCOPED);
          assertThat(document.path("metadata").has("namespace")).isFalse();
          assertThat(document.findPath("resources").isMissingNode()).isTrue();
        });
  }

  @Test
  void whatCouldNotBeLookedIntoIsAnErrorAndOfNoRepository() {
    JsonNode last = besideWorkloads("", List.of()).getLast();
    assertThat(last.path("kind").asString()).isEqualTo(CLUSTER_SCOPED);
    assertThat(last.at("/metadata/annotations").has("tare.dev/repository")).isFalse();
    assertThat(last.path("results"))
        .hasSameSizeAs(run.notInspected())
        .allMatch(row -> row.path("result").asString().equals("error"));
    assertThat(last.at("/summary/error").asInt()).isEqualTo(run.notInspected().size());
    assertThat(last.at("/results/0/message").asString())
        .isEqualTo(
            run.notInspected().getFirst().reference()
                + ": "
                + run.notInspected().getFirst().reason());
  }

  @Test
  void resultNamesTwentyWorkloadsAndCountsTheOthers() {
    List<Workload> many =
        IntStream.range(0, 25).mapToObj(i -> web("", "shop", "web-" + i)).toList();
    JsonNode row =
        besideWorkloads("", many).stream()
            .filter(document -> document.path("kind").asString().equals("PolicyReport"))
            .findFirst()
            .orElseThrow()
            .at("/results/0");
    assertThat(row.path("resources")).hasSize(20);
    assertThat(row.at("/properties/moreWorkloads").asString()).isEqualTo("5");
  }
}
