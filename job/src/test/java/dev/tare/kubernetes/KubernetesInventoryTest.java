package dev.tare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.Workload;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class KubernetesInventoryTest {
  private static final ClusterTarget EVERYTHING = ClusterTarget.parse("k8s:");

  private final ClusterFixture cluster = new ClusterFixture();

  @AfterEach
  void end() {
    cluster.close();
  }

  private ClusterListing list(ClusterTarget target, ClusterLimits limits) {
    return new KubernetesInventory(context -> cluster.server().createClient(), limits).list(target);
  }

  private ClusterFixture wholeCluster() {
    return cluster
        .answer("/api/v1/pods?limit=500", 200, ClusterFixture.list("pods-1.json"))
        .answer(
            "/api/v1/pods?continue=" + nextPage() + "&limit=500",
            200,
            ClusterFixture.list("pods-2.json"))
        .answer("/apis/apps/v1/replicasets?limit=500", 200, ClusterFixture.list("replicasets.json"))
        .answer("/apis/batch/v1/jobs?limit=500", 200, ClusterFixture.list("jobs.json"));
  }

  /** The API server's own token. */
  private static String nextPage() {
    return JsonMapper.shared()
        .readTree(ClusterFixture.list("pods-1.json"))
        .at("/metadata/continue")
        .asString();
  }

  private static String digest(char digit) {
    return "sha256:" + String.valueOf(digit).repeat(64);
  }

  private static List<String> lines(ClusterListing listing) {
    return listing.containers().stream()
        .map(one -> one.workload() + " " + one.image())
        .map(line -> line.replace("Workload[cluster=, ", "["))
        .toList();
  }

  /** Every line is read off recorded-from.yaml by hand. */
  @Test
  void containersOfAllOwnersAreListedOnceWithTheDigestThatTheNodePulled() {
    wholeCluster();
    ClusterListing listing = list(EVERYTHING, ClusterLimits.DEFAULTS);
    assertThat(lines(listing))
        .containsExactlyInAnyOrder(
            "[namespace=shop, kind=Deployment, name=web, container=migrate] registry.example.com/shop/migrate:1.0@"
                + digest('b'),
            "[namespace=shop, kind=Deployment, name=web, container=app] registry.example.com/shop/web:1.4@"
                + digest('a'),
            "[namespace=shop, kind=Deployment, name=web, container=debugger] docker.io/library/busybox:1.36@"
                + digest('c'),
            "[namespace=shop, kind=ReplicaSet, name=alone, container=app] registry.example.com/shop/web:1.4@"
                + digest('a'),
            "[namespace=shop, kind=ReplicationController, name=legacy, container=app] registry.example.com/shop/web:1.4@"
                + digest('a'),
            "[namespace=shop, kind=CronJob, name=report, container=report] ghcr.io/acme/report@"
                + digest('d'),
            "[namespace=shop, kind=StatefulSet, name=db, container=postgres] docker.io/library/postgres:16@"
                + digest('f'),
            "[namespace=kube-system, kind=DaemonSet, name=agent, container=agent] quay.io/acme/agent:2",
            "[namespace=kube-system, kind=Pod, name=kube-apiserver-node1, container=kube-apiserver]"
                + " registry.k8s.io/kube-apiserver:v1.34.4@"
                + digest('2'),
            "[namespace=default, kind=Pod, name=new, container=new] docker.io/library/alpine:latest");
  }

  @Test
  void imageThatNoRegistryKnowsIsAReasonAndNoGuess() {
    wholeCluster();
    assertThat(list(EVERYTHING, ClusterLimits.DEFAULTS).notInspected())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.reference()).isEqualTo(digest('3'));
          assertThat(problem.reason())
              .contains("container x of Pod default/side-loaded")
              .contains("identifier on the node");
        });
  }

  @Test
  void namespaceIsAllThatIsAskedFor() {
    cluster
        .answer("/api/v1/namespaces/shop/pods?limit=500", 200, ClusterFixture.list("pods-2.json"))
        .answer(
            "/apis/apps/v1/namespaces/shop/replicasets?limit=500",
            200,
            ClusterFixture.list("replicasets.json"))
        .answer(
            "/apis/batch/v1/namespaces/shop/jobs?limit=500", 200, ClusterFixture.list("jobs.json"));
    assertThat(list(ClusterTarget.parse("k8s:/shop"), ClusterLimits.DEFAULTS).containers())
        .extracting(one -> one.workload().kind() + " " + one.workload().container())
        .containsExactlyInAnyOrder(
            "ReplicationController app",
            "CronJob report",
            "Deployment migrate",
            "Deployment app",
            "Deployment debugger");
  }

  @Test
  void withoutPermissionOnOwnersThePodsOwnOwnerIsNamed() {
    cluster
        .answer("/api/v1/pods?limit=500", 200, ClusterFixture.list("pods-2.json"))
        .refuse("/apis/apps/v1/replicasets?limit=500", 403, "replicasets.apps is forbidden")
        .refuse("/apis/batch/v1/jobs?limit=500", 403, "jobs.batch is forbidden");
    assertThat(list(EVERYTHING, ClusterLimits.DEFAULTS).containers())
        .extracting(RunningContainer::workload)
        .contains(new Workload("", "shop", "ReplicaSet", "web-dfd9975bd", "app"));
  }

  @ParameterizedTest
  @CsvSource({
    "401, ENVIRONMENT, Unauthorized, kubectl get pods",
    "403, DENIED, pods is forbidden, replicasets.apps",
    "410, TRANSIENT, too old, run it again",
  })
  void refusalSaysWhatToDo(int status, FailureKind kind, String said, String hint) {
    cluster.refuse("/api/v1/pods?limit=500", status, said);
    assertThatThrownBy(() -> list(EVERYTHING, ClusterLimits.DEFAULTS))
        .isInstanceOfSatisfying(
            TareException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.getMessage())
                  .startsWith("list pods of k8s: at http://localhost:")
                  .contains(status + " " + said);
              assertThat(e.hint()).contains(hint);
            });
  }

  @Test
  void morePodsThanTheLimitAreRefusedByIts() {
    wholeCluster();
    assertThatThrownBy(() -> list(EVERYTHING, new ClusterLimits(500, 10)))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.LIMIT))
        .hasMessageContaining("more than 10");
  }

  @Test
  void contextOfTheKubeconfigIsUsedAndAnUnknownOneRefused(@TempDir Path directory)
      throws IOException {
    wholeCluster();
    File file = cluster.kubeconfig(directory, "prod").toFile();
    ClusterConnection connection =
        new ClusterConnection(context -> Config.fromKubeconfig(context, file));
    KubernetesInventory inventory =
        new KubernetesInventory(connection::open, ClusterLimits.DEFAULTS);
    assertThat(inventory.list(ClusterTarget.parse("k8s:prod")).containers())
        .hasSize(10)
        .allMatch(one -> one.workload().cluster().equals("prod"));
    assertThatThrownBy(() -> inventory.list(ClusterTarget.parse("k8s:staging")))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
        .hasMessageContaining("context \"staging\"");
  }
}
