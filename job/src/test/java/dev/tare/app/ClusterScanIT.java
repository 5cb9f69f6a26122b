package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.SampleImages;
import dev.tare.kubernetes.ClusterFixture;
import dev.tare.oci.Digest;
import dev.tare.testing.LoopbackFixture;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a cluster runs, scanned from a registry that holds more. */
class ClusterScanIT {
  private static final String POLICY_REPORTS =
      "/apis/wgpolicyk8s.io/v1alpha2/namespaces/audit/policyreports";

  @TempDir Path directory;

  private static String pod(String name, String owner, String image, String imageId) {
    return """
    {"metadata": {"name": "%s", "namespace": "shop", "uid": "u-%1$s",
      "ownerReferences": [{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "%s", "uid": "u", "controller": true}]},
     "spec": {"containers": [{"name": "main", "image": "%s"}]},
     "status": {"phase": "Running", "containerStatuses": [{"name": "main", "image": "x", "imageID": "%s"}]}}
    """
        .formatted(name, owner, image, imageId);
  }

  private static JsonNode image(WrittenReport report, String reference) {
    return report
        .images()
        .valueStream()
        .filter(image -> image.path("reference").asString().endsWith(reference))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void findingsAndTicketsNameWhatRunsTheImage() throws IOException {
    try (LoopbackFixture registry = LoopbackFixture.start();
        ClusterFixture cluster = new ClusterFixture()) {
      SampleImages.of(registry.host(), InstantSource.system()).push();
      Path all = directory.resolve("all");
      scan(all, registry.host());
      String agent =
          image(WrittenReport.in(all), "edge/agent:2.1").at("/facts/image/indexDigest").asString();

      cluster.answer(
          "/api/v1/namespaces/shop/pods?limit=500",
          200,
          "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"metadata\": {}, \"items\": ["
              + String.join(
                  ",",
                  pod("web-0", "web", registry.host() + "/team/web:1.5", ""),
                  pod("web-1", "web", registry.host() + "/team/web:1.5", ""),
                  pod(
                      "agent-0",
                      "agent",
                      registry.host() + "/edge/agent:2.1",
                      registry.host() + "/edge/agent@" + agent),
                  pod("gone-0", "gone", registry.host() + "/team/web:gone", ""),
                  pod("far-0", "far", "localhost:1/far/app:1", ""))
              + "]}");
      System.setProperty("kubeconfig", cluster.kubeconfig(directory, "prod").toString());
      Path output = directory.resolve("running");
      CommandLineRun run = scan(output, "k8s:prod/shop");
      assertThat(run.err()).doesNotContain("secret-token");

      WrittenReport report = WrittenReport.in(output);
      assertThat(report.root().at("/run/targets").toString()).isEqualTo("[\"k8s:prod/shop\"]");
      // Both platforms of the index, and nothing that does not run.
      assertThat(report.imageNames())
          .extracting(name -> name.substring(0, name.indexOf(" sha256")))
          .containsExactlyInAnyOrder(
              "team/web:1.5 linux/amd64",
              "edge/agent:2.1 linux/amd64",
              "edge/agent:2.1 linux/arm64");
      assertThat(image(report, "team/web:1.5").path("usedBy").toString())
          .isEqualTo(
              "[{\"cluster\":\"prod\",\"namespace\":\"shop\",\"kind\":\"StatefulSet\",\"name\":\"web\",\"container\":\"main\"}]");
      assertThat(report.images()).allMatch(image -> image.path("usedBy").size() == 1);
      assertThat(report.notInspected())
          .extracting(one -> one.path("reference").asString())
          .containsExactlyInAnyOrder(registry.host() + "/team/web:gone", "localhost:1/far/app:1");
      assertThat(run.status()).isEqualTo(1);

      assertThat(tickets(output))
          .anySatisfy(ticket ->
              assertThat(ticket)
                  .contains("repository: \"team/web\"")
                  .contains("shop StatefulSet web, container main, cluster prod"));

      // Judged again, it is still known where it runs; a scan of the registry says nothing about
      // it.
      Path again = directory.resolve("again");
      assertThat(
              CommandLineRun.of(
                      "evaluate",
                      "--state",
                      state(),
                      "-o",
                      again.toString(),
                      "--tickets",
                      "none",
                      "--format",
                      "json")
                  .status())
          .isEqualTo(1);
      assertThat(image(WrittenReport.in(again), "team/web:1.5").path("usedBy")).hasSize(1);
      assertThat(image(WrittenReport.in(all), "team/web:1.5").has("usedBy")).isFalse();
    } finally {
      System.clearProperty("kubeconfig");
    }
  }

  /** The jar without the models that pom.xml leaves out; the class path of tests has them. */
  @Test
  void packagedJarHasAllThatTalkingToAClusterTakes() throws IOException, InterruptedException {
    Path jar = TestImages.repository().resolve("job/target/tare.jar");
    try (LoopbackFixture registry = LoopbackFixture.start();
        ClusterFixture cluster = new ClusterFixture()) {
      SampleImages.of(registry.host(), InstantSource.system()).push();
      String web = registry.host() + "/team/web";
      cluster
          .answer(
              "/api/v1/pods?limit=500",
              200,
              ClusterFixture.list("pods-2.json")
                  .replace("registry.example.com", "localhost:1")
                  .replace("ghcr.io", "localhost:1")
                  .replace("busybox", "localhost:1/busybox")
                  .replaceFirst(
                      "\"items\": ?\\[", "$0" + pod("web-0", "web", web + ":1.5", "") + ","))
          .answer(
              "/apis/apps/v1/replicasets?limit=500", 200, ClusterFixture.list("replicasets.json"))
          .answer("/apis/batch/v1/jobs?limit=500", 200, ClusterFixture.list("jobs.json"))
          .take(POLICY_REPORTS + "/tare-not-inspected-k8s-6dbb6156b0-1")
          .take(POLICY_REPORTS + "/" + policyReport(web))
          .answer(
              POLICY_REPORTS + "?labelSelector=tare.dev%2Fowner%3Dnightly&limit=20",
              200,
              "{\"kind\": \"PolicyReportList\", \"metadata\": {}, \"items\": []}");
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-jar",
                  jar.toString(),
                  "scan",
                  "k8s:",
                  "--state",
                  state(),
                  "-o",
                  directory.resolve("jar").toString(),
                  "--format",
                  "json",
                  "--apply-policy-reports",
                  "k8s:/audit",
                  "--policy-report-owner",
                  "nightly",
                  "--fail-on",
                  "never",
                  "--no-progress")
              .redirectOutput(directory.resolve("out").toFile())
              .redirectError(directory.resolve("err").toFile());
      builder.environment().put("KUBECONFIG", cluster.kubeconfig(directory, "prod").toString());
      assertThat(builder.start().waitFor())
          .as(Files.readString(directory.resolve("err")))
          .isEqualTo(3);
    }
    assertThat(WrittenReport.in(directory.resolve("jar")).notInspected()).hasSize(4);
    assertThat(directory.resolve("out"))
        .content()
        .contains("Policy reports: 2 applied to k8s:/audit, 0 removed");
  }

  private static String policyReport(String repository) {
    return "tare-"
        + repository.replaceAll("[^a-z0-9]+", "-")
        + "-"
        + Digest.sha256(repository.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 10)
        + "-1";
  }

  private String state() {
    return directory.resolve("state").toString();
  }

  private CommandLineRun scan(Path output, String target) {
    return CommandLineRun.of(
        "scan",
        target,
        "--state",
        state(),
        "-o",
        output.toString(),
        "--format",
        "json",
        "--no-progress");
  }

  private static List<String> tickets(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output.resolve("tickets"))) {
      List<String> texts = new java.util.ArrayList<>();
      for (Path file : files.filter(one -> one.toString().endsWith(".md")).toList()) {
        texts.add(Files.readString(file));
      }
      return texts;
    }
  }
}
