package dev.tare.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChartTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<String> examples() throws IOException {
    return Chart.examples();
  }

  @Test
  void chartIsLinted() {
    LintResult result = new Helm(Chart.DIRECTORY).lint().strict().call();
    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void chartIsLintedWithEachExample(String example, @TempDir Path copy) throws IOException {
    Chart.copy(copy.resolve("tare"));
    Path values = copy.resolve("tare/values.yaml");
    JsonNode merged =
        Examples.merged(
            Examples.read(values), Examples.read(Chart.DIRECTORY.resolve("ci").resolve(example)));
    Files.writeString(values, merged.toString());
    LintResult result = new Helm(copy.resolve("tare")).lint().strict().call();
    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyObjectIsOneThatKubernetesKnows(String example) {
    List<JsonNode> objects = Chart.render(example, Map.of());
    assertThat(objects).isNotEmpty();
    for (JsonNode object : objects) {
      HasMetadata typed = KubernetesObjects.strict(object);
      assertThat(typed.getMetadata().getName()).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
      assertThat(typed.getMetadata().getLabels())
          .containsKeys("app.kubernetes.io/name", "app.kubernetes.io/instance", "helm.sh/chart");
    }
    assertThat(
            objects.stream()
                .map(o ->
                    o.path("kind") + "/" + o.at("/metadata/name") + o.at("/metadata/namespace"))
                .toList())
        .doesNotHaveDuplicates();
  }

  /** A field that does not exist must be seen, or the test above says nothing. */
  @Test
  void unknownFieldIsSeen() {
    JsonNode cronJob = Chart.only(Chart.render("minimal-values.yaml", Map.of()), "CronJob");
    ((ObjectNode) cronJob.at("/spec/jobTemplate/spec/template/spec")).put("restartPolicies", "x");
    assertThatThrownBy(() -> KubernetesObjects.strict(cronJob))
        .hasMessageContaining("restartPolicies");
  }

  /** https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
  @ParameterizedTest
  @MethodSource("examples")
  void everyPodKeepsToTheRestrictedStandard(String example) {
    List<PodSpec> pods = pods(Chart.render(example, Map.of()));
    assertThat(pods).hasSizeGreaterThanOrEqualTo(3);
    for (PodSpec pod : pods) {
      assertThat(pod.getHostNetwork()).isNull();
      assertThat(pod.getHostPID()).isNull();
      assertThat(pod.getHostIPC()).isNull();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532L);
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
      for (Container container : pod.getContainers()) {
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getPrivileged()).isNull();
        assertThat(container.getSecurityContext().getCapabilities().getDrop())
            .containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
        assertThat(container.getResources().getLimits()).containsKey("memory");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyMountHasItsVolume(String example) {
    for (PodSpec pod : pods(Chart.render(example, Map.of()))) {
      List<String> volumes = pod.getVolumes().stream().map(volume -> volume.getName()).toList();
      assertThat(volumes).doesNotHaveDuplicates();
      assertThat(
              pod.getContainers().stream()
                  .flatMap(container -> container.getVolumeMounts().stream())
                  .map(mount -> mount.getName()))
          .containsExactlyInAnyOrderElementsOf(volumes);
    }
  }

  /**
   * What {@code kubectl create job --from=cronjob/…} makes: the job template's spec, labels and
   * annotations, nothing else of the CronJob.
   */
  @ParameterizedTest
  @MethodSource("examples")
  void jobMadeFromTheCronJobByHandIsWhole(String example) {
    List<JsonNode> objects = Chart.render(example, Map.of());
    JsonNode template = Chart.only(objects, "CronJob").at("/spec/jobTemplate");
    ObjectNode byHand = JSON.createObjectNode().put("apiVersion", "batch/v1").put("kind", "Job");
    byHand.putObject("metadata").put("name", "now").set("labels", template.at("/metadata/labels"));
    ((ObjectNode) byHand.get("metadata"))
        .putObject("annotations")
        .put("cronjob.kubernetes.io/instantiate", "manual");
    byHand.set("spec", template.get("spec"));

    JobSpec spec = ((Job) KubernetesObjects.strict(byHand)).getSpec();
    assertThat(spec.getTemplate().getSpec().getContainers().getFirst().getArgs())
        .startsWith("scan")
        .containsSequence("--fail-on", "never");
    // It must run even where the schedule is suspended.
    assertThat(spec.getSuspend()).isNull();
  }

  @Test
  void findingsAreNoFailureAndOnlyWhatMayPassIsTriedAgain() {
    JobSpec spec = jobSpec(Chart.render("minimal-values.yaml", Map.of()));
    assertThat(spec.getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(spec.getPodFailurePolicy().getRules()).hasSize(2);
    assertThat(spec.getPodFailurePolicy().getRules().getFirst().getAction()).isEqualTo("Ignore");
    assertThat(spec.getPodFailurePolicy().getRules().getLast().getAction()).isEqualTo("FailJob");
    assertThat(spec.getPodFailurePolicy().getRules().getLast().getOnExitCodes().getValues())
        .containsExactly(2, 3);
  }

  @Test
  void changedConfigurationGivesAnotherChecksum() {
    String pointer = "/spec/jobTemplate/spec/template/metadata/annotations/checksum~1configuration";
    String before = text("minimal-values.yaml", Map.of(), "CronJob", pointer);
    assertThat(before).matches("[0-9a-f]{64}");
    assertThat(text("minimal-values.yaml", Map.of("schedule", "0 3 * * *"), "CronJob", pointer))
        .isEqualTo(before);
    assertThat(text("minimal-values.yaml", Map.of("config.tags", "5"), "CronJob", pointer))
        .isNotEqualTo(before);
  }

  @Test
  void pushgatewayIsPartOfTheConfigurationOnlyWhereThereIsOne() {
    String address = "http://gateway.monitoring:9091/metrics/job/tare/cluster/prod";
    assertThat(
            text(
                "minimal-values.yaml",
                Map.of("metrics.pushgateway.url", address),
                "ConfigMap",
                "/data/tare.yaml"))
        .contains("push-metrics: " + address + "\n");
    assertThat(text("minimal-values.yaml", Map.of(), "ConfigMap", "/data/tare.yaml"))
        .doesNotContain("push-metrics");
  }

  /**
   * {@code values} are {@code key=value}, separated by blanks; {@code -} where nothing is there.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # values                                    | kind                  | pointer                                           | expected
          schedule=@daily                             | CronJob               | /spec/schedule                                    | "@daily"
          timeZone=Asia/Tokyo                         | CronJob               | /spec/timeZone                                    | "Asia/Tokyo"
          suspend=true                                | CronJob               | /spec/suspend                                     | true
                                                      | CronJob               | /spec/concurrencyPolicy                           | "Forbid"
          startingDeadlineSeconds=60                  | CronJob               | /spec/startingDeadlineSeconds                     | 60
          successfulJobsHistoryLimit=0                | CronJob               | /spec/successfulJobsHistoryLimit                  | 0
          failedJobsHistoryLimit=9                    | CronJob               | /spec/failedJobsHistoryLimit                      | 9
          activeDeadlineSeconds=90                    | CronJob               | JOB/activeDeadlineSeconds                         | 90
          backoffLimit=0                              | CronJob               | JOB/backoffLimit                                  | 0
                                                      | CronJob               | /metadata/name                                    | "nightly-tare"
          fullnameOverride=weigher                    | CronJob               | /metadata/name                                    | "weigher"
          nameOverride=w                              | CronJob               | /metadata/name                                    | "nightly-w"
          fullnameOverride=abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz | CronJob | /metadata/name                        | "abcdefghijklmnopqrstuvwxyzabcdefghijkl"
                                                      | CronJob               | POD/containers/0/image                            | "registry.example.com/tools/tare:0.1.0"
          image.tag=v9                                 | CronJob               | POD/containers/0/image                            | "registry.example.com/tools/tare:v9"
          image.tag=v9 image.digest=sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a | CronJob | POD/containers/0/image | "registry.example.com/tools/tare@sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"
          image.pullPolicy=Always                     | CronJob               | POD/containers/0/imagePullPolicy                  | "Always"
          imagePullSecrets[0].name=pull               | CronJob               | POD/imagePullSecrets                              | [{"name":"pull"}]
                                                      | CronJob               | POD/imagePullSecrets                              | -
                                                      | CronJob               | POD/containers/0/args                             | ["scan","--config","/etc/tare/configuration/tare.yaml","--fail-on","never"]
                                                      | CronJob               | POD/automountServiceAccountToken                  | false
                                                      | CronJob               | POD/containers/0/env                              | -
                                                      | CronJob               | POD/volumes/0                                     | {"name":"data","persistentVolumeClaim":{"claimName":"nightly-tare"}}
          persistence.enabled=false                   | CronJob               | POD/volumes/0                                     | {"name":"data","emptyDir":{}}
          persistence.enabled=false                   | PersistentVolumeClaim |                                                   | -
          persistence.existingClaim=mine              | CronJob               | POD/volumes/0                                     | {"name":"data","persistentVolumeClaim":{"claimName":"mine"}}
          persistence.existingClaim=mine              | PersistentVolumeClaim |                                                   | -
          persistence.size=1Ti                        | PersistentVolumeClaim | /spec/resources/requests/storage                  | "1Ti"
          persistence.storageClass=fast               | PersistentVolumeClaim | /spec/storageClassName                            | "fast"
                                                      | PersistentVolumeClaim | /spec/storageClassName                            | -
                                                      | PersistentVolumeClaim | /metadata/annotations/helm.sh~1resource-policy    | "keep"
          persistence.accessModes[0]=ReadWriteMany     | PersistentVolumeClaim | /spec/accessModes                                 | ["ReadWriteMany"]
          postgresql.existingSecret=db                | CronJob               | POD/containers/0/env                              | [{"name":"TARE_STATE","valueFrom":{"secretKeyRef":{"name":"db","key":"url"}}}]
          postgresql.existingSecret=db postgresql.key=jdbc | CronJob          | POD/containers/0/env/0/valueFrom/secretKeyRef/key | "jdbc"
          postgresql.existingSecret=db                | NetworkPolicy         | /spec/egress/1/ports                              | [{"port":443,"protocol":"TCP"},{"port":5432,"protocol":"TCP"}]
                                                      | NetworkPolicy         | /spec/egress/1/ports                              | [{"port":443,"protocol":"TCP"}]
          networkPolicy.registryPorts[0]=5000          | NetworkPolicy         | /spec/egress/1/ports                              | [{"port":5000,"protocol":"TCP"},{"port":443,"protocol":"TCP"}]
          networkPolicy.registryPorts[0]=5000 vulnerabilities.update=never | NetworkPolicy | /spec/egress/1/ports                  | [{"port":5000,"protocol":"TCP"}]
          vulnerabilities.port=8443                   | NetworkPolicy         | /spec/egress/1/ports                              | [{"port":443,"protocol":"TCP"},{"port":8443,"protocol":"TCP"}]
          kubernetes.enabled=true                     | NetworkPolicy         | /spec/egress/1/ports                              | [{"port":443,"protocol":"TCP"},{"port":6443,"protocol":"TCP"}]
          metrics.pushgateway.url=http://gateway:9091 | NetworkPolicy         | /spec/egress/1/ports                              | [{"port":443,"protocol":"TCP"},{"port":9091,"protocol":"TCP"}]
          tickets.project=https://git.example.com/a/b tickets.port=3000 | NetworkPolicy | /spec/egress/1/ports                    | [{"port":443,"protocol":"TCP"},{"port":3000,"protocol":"TCP"}]
          tickets.existingSecret=tracker tickets.key=bot | CronJob            | POD/containers/0/env                              | [{"name":"TARE_TICKETS_TOKEN","valueFrom":{"secretKeyRef":{"name":"tracker","key":"bot"}}}]
          digest.format=slack digest.port=8443        | NetworkPolicy         | /spec/egress/1/ports                              | [{"port":443,"protocol":"TCP"},{"port":8443,"protocol":"TCP"}]
          digest.existingSecret=chat digest.key=hook digest.tokenKey=word | CronJob | POD/containers/0/env                          | [{"name":"TARE_DIGEST_URL","valueFrom":{"secretKeyRef":{"name":"chat","key":"hook"}}},{"name":"TARE_DIGEST_TOKEN","valueFrom":{"secretKeyRef":{"name":"chat","key":"word"}}}]
          metrics.pushgateway.existingSecret=gateway  | CronJob               | POD/containers/0/env                              | [{"name":"TARE_PUSH_METRICS","valueFrom":{"secretKeyRef":{"name":"gateway","key":"url"}}}]
          metrics.pushgateway.existingSecret=gateway metrics.pushgateway.port=80 | NetworkPolicy | /spec/egress/1/ports           | [{"port":443,"protocol":"TCP"},{"port":80,"protocol":"TCP"}]
                                                      | NetworkPolicy         | /spec/policyTypes                                 | ["Ingress","Egress"]
                                                      | NetworkPolicy         | /spec/ingress                                     | -
          networkPolicy.enabled=false                 | NetworkPolicy         |                                                   | -
          kubernetes.enabled=true                     | CronJob               | POD/automountServiceAccountToken                  | true
          kubernetes.enabled=true                     | ClusterRole           | /rules                                            | [{"apiGroups":[""],"resources":["pods"],"verbs":["list"]},{"apiGroups":["apps"],"resources":["replicasets"],"verbs":["list"]},{"apiGroups":["batch"],"resources":["jobs"],"verbs":["list"]}]
          kubernetes.enabled=true                     | ClusterRole           | /metadata/name                                    | "audit-nightly-tare"
          kubernetes.enabled=true                     | ClusterRoleBinding    | /roleRef/name                                     | "audit-nightly-tare"
          kubernetes.enabled=true                     | ClusterRoleBinding    | /subjects                                         | [{"kind":"ServiceAccount","name":"nightly-tare","namespace":"audit"}]
          kubernetes.enabled=true kubernetes.namespaces[0]=shop | ClusterRole  |                                                   | -
          kubernetes.enabled=true kubernetes.namespaces[0]=shop | Role         | /metadata/namespace                               | "shop"
          kubernetes.enabled=true kubernetes.namespaces[0]=shop | RoleBinding  | /metadata/namespace                               | "shop"
          kubernetes.enabled=true kubernetes.namespaces[0]=shop | RoleBinding  | /subjects/0/namespace                             | "audit"
          kubernetes.enabled=true kubernetes.namespaces[0]=shop | RoleBinding  | /roleRef                                          | {"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"nightly-tare"}
                                                      | ClusterRole           |                                                   | -
                                                      | Role                  |                                                   | -
                                                      | ServiceAccount        | /automountServiceAccountToken                     | false
          policyReports.enabled=true                  | CronJob               | POD/automountServiceAccountToken                  | true
          policyReports.enabled=true                  | Role                  | /metadata/namespace                               | "audit"
          policyReports.enabled=true                  | Role                  | /rules                                            | [{"apiGroups":["wgpolicyk8s.io"],"resources":["policyreports"],"verbs":["create","patch","list","delete"]}]
          policyReports.enabled=true                  | RoleBinding           | /roleRef/name                                     | "nightly-tare-reports"
          policyReports.enabled=true                  | RoleBinding           | /subjects                                         | [{"kind":"ServiceAccount","name":"nightly-tare","namespace":"audit"}]
          policyReports.enabled=true                  | ClusterRole           |                                                   | -
          policyReports.enabled=true policyReports.namespace=results | Role   | /metadata/namespace                               | "results"
          policyReports.enabled=true policyReports.besideWorkloads=true | Role |                                                  | -
          policyReports.enabled=true policyReports.besideWorkloads=true | ClusterRole | /rules/0/resources                        | ["policyreports","clusterpolicyreports"]
          policyReports.enabled=true policyReports.besideWorkloads=true | ClusterRoleBinding | /roleRef/name                      | "audit-nightly-tare-reports"
          policyReports.enabled=true                  | NetworkPolicy         | /spec/egress/1/ports                              | [{"port":443,"protocol":"TCP"},{"port":6443,"protocol":"TCP"}]
          serviceAccount.name=robot                   | CronJob               | POD/serviceAccountName                            | "robot"
          serviceAccount.name=robot                   | ServiceAccount        | /metadata/name                                    | "robot"
          serviceAccount.create=false                 | ServiceAccount        |                                                   | -
          serviceAccount.create=false                 | CronJob               | POD/serviceAccountName                            | "default"
          runOnInstall.enabled=true                   | Job                   | /metadata/annotations/helm.sh~1hook               | "post-install,post-upgrade"
                                                      | Job                   |                                                   | -
          registry.credentials[0]=a registry.credentials[1]=b                  | CronJob               | POD/volumes/3/projected/sources/1                 | {"secret":{"name":"b","items":[{"key":".dockerconfigjson","path":"01-b.json"}]}}
          registry.credentials[0]=a                    | CronJob               | POD/containers/0/env                              | [{"name":"TARE_REGISTRY_SECRETS","value":"/etc/tare/registry"}]
          policies.configMaps[0].name=p policies.configMaps[0].key=b.tar.gz | CronJob | POD/containers/0/volumeMounts/3      | {"name":"policy-p","mountPath":"/etc/tare/policies/p","readOnly":true}
          vulnerabilities.vexConfigMap=v              | CronJob               | POD/volumes/3/configMap/name                      | "v"
          vulnerabilities.vexConfigMap=v              | CronJob               | POD/containers/0/volumeMounts/3/mountPath         | "/etc/tare/vex"
          waivers.existingConfigMap=w                 | CronJob               | POD/volumes/3/configMap/name                      | "w"
          resources.limits.memory=4Gi                 | CronJob               | POD/containers/0/resources/limits/memory          | "4Gi"
          nodeSelector.disk=ssd                       | CronJob               | POD/nodeSelector                                  | {"disk":"ssd"}
          priorityClassName=low                       | CronJob               | POD/priorityClassName                             | "low"
          podLabels.team=a                            | CronJob               | JOB/template/metadata/labels/team                 | "a"
          commonLabels.team=a                         | ServiceAccount        | /metadata/labels/team                             | "a"
          """)
  void valuesDecide(String values, String kind, String pointer, String expected)
      throws IOException {
    List<JsonNode> objects = Chart.render("minimal-values.yaml", set(values));
    objects.forEach(KubernetesObjects::strict);
    if (pointer == null) {
      assertThat(expected).isEqualTo("-");
      assertThat(objects).noneMatch(object -> object.path("kind").asText().equals(kind));
      return;
    }
    JsonNode actual = Chart.only(objects, kind).at(absolute(pointer));
    if (expected.equals("-")) {
      assertThat(actual.isMissingNode()).as("%s", actual).isTrue();
    } else {
      assertThat(actual).isEqualTo(JSON.readTree(expected));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          persistance.enabled=true           | persistance
          suspend=perhaps                    | suspend
          config.fail-on=low                 | fail-on
          config.tagz=3                      | tagz
          config.settings.rulez.x=1          | rulez
          config.settings.rules.TARE-SIZE-999.severity=low | TARE-SIZE-999
          config.settings.profiles.dev.rules.TARE-SIZE-999.severity=low | TARE-SIZE-999
          config.settings.overrides[0].rules.TARE-SIZE-999.severity=low | TARE-SIZE-999
          waivers.content.waivers[0].rul=TARE-SIZE-001 | rul
          tickets.system=redmine                | tickets
          vulnerabilities.update=always      | update
          vulnerabilities.maxAge=1w          | maxAge
          config.vulnerabilities=never       | vulnerabilities
          tickets.token.existingSecret=t     | token
          config.state=/tmp                  | state
          config.push-metrics=http://gateway | push-metrics
          config.apply-policy-reports=k8s:   | apply-policy-reports
          policyReports.namespaces=shop      | namespaces
          policyReports.namespace=No_Name    | namespace
          tickets.project=https://a:b@git/x/y  | project
          metrics.pushgateway.url=gateway:9091 | pushgateway
          metrics.pushgateway.url=http://a:b@gateway | pushgateway
          image.digest=sha256:abc            | digest
          policies.oci[0]=https://example.com | oci
          kubernetes.namespaces[0]=No_Name    | namespaces
          schedule=CRON_TZ=UTC 0 0 * * *     | schedule
          """)
  void wrongValueIsRefusedByName(String value, String named) {
    int equals = value.indexOf('=');
    assertThatThrownBy(() ->
            Chart.render(
                "minimal-values.yaml",
                Map.of(value.substring(0, equals), value.substring(equals + 1))))
        .hasMessageContaining(named);
  }

  @Test
  void rulesOfOwnBundlesAreSetToo() {
    assertThat(
            Chart.render(
                "minimal-values.yaml",
                Map.of(
                    "config.settings.rules.ACME-001.severity", "low",
                    "config.settings.rules.TARE-SIZE-001.severity", "low")))
        .isNotEmpty();
  }

  @Test
  void documentedInstallPullsWhatTheDocumentedStepsPush() throws IOException {
    String version =
        KubernetesObjects.documents(Files.readString(Chart.DIRECTORY.resolve("Chart.yaml")))
            .getFirst()
            .get("appVersion")
            .asText();
    String guide =
        Files.readString(Chart.DIRECTORY.resolveSibling("../docs/kubernetes.md").normalize());
    Pattern pushed = Pattern.compile("-Djib\\.to\\.image=(registry\\S+)");
    assertThat(pushed.matcher(guide).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(("registry.example.com/tools/tare:" + version)::equals);
    assertThat(
            text(
                "minimal-values.yaml",
                Map.of(),
                "CronJob",
                "/spec/jobTemplate/spec/template/spec/containers/0/image"))
        .isEqualTo("registry.example.com/tools/tare:" + version);
  }

  @Test
  void targetThatThePermissionsDoNotFitIsRefused() {
    assertThatThrownBy(() -> Chart.render("minimal-values.yaml", Map.of("targets[0]", "k8s:/shop")))
        .hasMessageContaining("targets: k8s:/shop takes kubernetes.enabled");
    for (String target : List.of("k8s:", "k8s:/", "k8s:/elsewhere")) {
      assertThatThrownBy(() -> Chart.render("cluster-values.yaml", Map.of("targets[0]", target)))
          .hasMessageContaining("targets: " + target + " is not among kubernetes.namespaces");
    }
    // Of a kubeconfig that the values mount.
    assertThat(Chart.render("minimal-values.yaml", Map.of("targets[0]", "k8s:prod/shop")))
        .isNotEmpty();
  }

  @Test
  void missingTargetsAndImageAreAskedFor() {
    assertThatThrownBy(() -> Chart.render("minimal-values.yaml", Map.of("targets", "null")))
        .hasMessageContaining("targets: name at least one");
    assertThatThrownBy(() -> Chart.render("minimal-values.yaml", Map.of("image.repository", "")))
        .hasMessageContaining("image.repository: name the repository");
  }

  private static String absolute(String pointer) {
    return pointer
        .replaceFirst("^POD", "/spec/jobTemplate/spec/template/spec")
        .replaceFirst("^JOB", "/spec/jobTemplate/spec");
  }

  private static Map<String, String> set(String values) {
    return values == null
        ? Map.of()
        : Arrays.stream(values.split(" ", -1))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, TreeMap::new));
  }

  private static String text(
      String example, Map<String, String> values, String kind, String pointer) {
    return Chart.only(Chart.render(example, values), kind).at(pointer).asText();
  }

  private static JobSpec jobSpec(List<JsonNode> objects) {
    return ((CronJob) KubernetesObjects.strict(Chart.only(objects, "CronJob")))
        .getSpec()
        .getJobTemplate()
        .getSpec();
  }

  private static List<PodSpec> pods(List<JsonNode> objects) {
    return objects.stream()
        .map(KubernetesObjects::strict)
        .flatMap(object ->
            switch (object) {
              case CronJob cronJob ->
                  Stream.of(cronJob.getSpec().getJobTemplate().getSpec().getTemplate().getSpec());
              case Job job -> Stream.of(job.getSpec().getTemplate().getSpec());
              case Pod pod -> Stream.of(pod.getSpec());
              default -> Stream.<PodSpec>empty();
            })
        .toList();
  }
}
