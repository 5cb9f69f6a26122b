package dev.tare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyReportSetTest {
  private static final String GROUP = "/apis/wgpolicyk8s.io/v1alpha2";
  private static final String APPLY = "?fieldManager=tare&force=true";
  private static final String OWNED = "?labelSelector=tare.dev%2Fowner%3Dnightly&limit=20";

  private final ClusterFixture cluster = new ClusterFixture();

  @AfterEach
  void end() {
    cluster.close();
  }

  private PolicyReportSet set(String destination, PolicyReportLimits limits) {
    return new PolicyReportSet(
        cluster.server().createClient(), ClusterTarget.parse(destination), "nightly", limits);
  }

  private PolicyReportSet set(String destination) {
    return set(destination, PolicyReportLimits.DEFAULTS);
  }

  private static String report(String kind, String namespace, String name, String repository) {
    return """
    {"apiVersion": "wgpolicyk8s.io/v1alpha2", "kind": "%s",
     "metadata": {"name": "%s"%s, "labels": {"app.kubernetes.io/managed-by": "tare"},
                  "annotations": {"tare.dev/repository": "%s"}},
     "summary": {"fail": 1}, "results": [{"source": "tare", "policy": "TARE-SIZE-001", "result": "fail"}]}
    """
        .formatted(
            kind,
            name,
            namespace.isEmpty() ? "" : ", \"namespace\": \"" + namespace + "\"",
            repository);
  }

  private static String list(String next, String... items) {
    return """
    {"apiVersion": "wgpolicyk8s.io/v1alpha2", "kind": "PolicyReportList",
     "metadata": {"continue": "%s"}, "items": [%s]}
    """
        .formatted(next, String.join(",", items));
  }

  private void patch(String path, int status, String body) {
    cluster
        .server()
        .expect()
        .patch()
        .withPath(GROUP + path + APPLY)
        .andReturn(status, body)
        .always();
  }

  private void delete(String path) {
    cluster.server().expect().delete().withPath(GROUP + path).andReturn(200, "{}").once();
  }

  /** Method and path of each request, without those that only ask. */
  private List<String> writes() throws InterruptedException {
    List<String> writes = new ArrayList<>();
    KubernetesMockServer server = cluster.server();
    for (int left = server.getRequestCount(); left > 0; left--) {
      RecordedRequest request = server.takeRequest();
      if (!request.getMethod().equals("GET")) {
        writes.add(request.getMethod() + " " + request.getPath().replace(GROUP, ""));
      }
    }
    return writes;
  }

  @Test
  void reportIsAppliedToTheNamespaceUnderItsOwner() throws InterruptedException {
    patch("/namespaces/audit/policyreports/tare-web-1", 200, "{}");
    cluster.answer(GROUP + "/namespaces/audit/policyreports" + OWNED, 200, list(""));
    try (PolicyReportSet reports = set("k8s:/audit")) {
      reports.apply(report("PolicyReport", "", "tare-web-1", "r/web"));
      assertThat(reports.finish(repository -> false)).isEqualTo(new PolicyReportSet.Change(1, 0));
    }
    RecordedRequest request = cluster.server().takeRequest();
    assertThat(request.getHeader("Content-Type")).startsWith("application/apply-patch+yaml");
    JsonNode sent = JsonMapper.shared().readTree(request.getUtf8Body());
    assertThat(sent.at("/metadata/labels/tare.dev~1owner").asString()).isEqualTo("nightly");
    assertThat(sent.at("/metadata/labels/app.kubernetes.io~1managed-by").asString())
        .isEqualTo("tare");
    assertThat(sent.at("/metadata/namespace").asString()).isEqualTo("audit");
    assertThat(sent.at("/results/0/policy").asString()).isEqualTo("TARE-SIZE-001");
    assertThat(sent.at("/summary/fail").asInt()).isEqualTo(1);
  }

  @Test
  void reportsBesideWorkloadsKeepTheirNamespaces() throws InterruptedException {
    patch("/namespaces/shop/policyreports/tare-web-1", 200, "{}");
    patch("/clusterpolicyreports/tare-db-1", 200, "{}");
    cluster.answer(GROUP + "/policyreports" + OWNED, 200, list(""));
    cluster.answer(GROUP + "/clusterpolicyreports" + OWNED, 200, list(""));
    try (PolicyReportSet reports = set("k8s:")) {
      reports.apply(report("PolicyReport", "shop", "tare-web-1", "r/web"));
      reports.apply(report("ClusterPolicyReport", "", "tare-db-1", "r/db"));
      assertThat(reports.finish(repository -> false).applied()).isEqualTo(2);
    }
    assertThat(writes())
        .containsExactly(
            "PATCH /namespaces/shop/policyreports/tare-web-1" + APPLY,
            "PATCH /clusterpolicyreports/tare-db-1" + APPLY);
  }

  @Test
  void onlyWhatTheRunDoesNotSayAnyMoreIsRemoved() throws InterruptedException {
    patch("/namespaces/audit/policyreports/tare-web-1", 200, "{}");
    String path = GROUP + "/namespaces/audit/policyreports";
    cluster.answer(
        path + OWNED,
        200,
        list(
            "next",
            report("PolicyReport", "audit", "tare-web-1", "r/web"),
            report("PolicyReport", "audit", "tare-web-2", "r/web")));
    cluster.answer(
        path + "?continue=next&labelSelector=tare.dev%2Fowner%3Dnightly&limit=20",
        200,
        list(
            "",
            report("PolicyReport", "audit", "tare-gone-1", "r/gone"),
            report("PolicyReport", "audit", "tare-denied-1", "r/denied")));
    delete("/namespaces/audit/policyreports/tare-web-2");
    delete("/namespaces/audit/policyreports/tare-gone-1");
    try (PolicyReportSet reports = set("k8s:/audit")) {
      reports.apply(report("PolicyReport", "", "tare-web-1", "r/web"));
      assertThat(reports.finish(repository -> repository.equals("r/denied")))
          .isEqualTo(new PolicyReportSet.Change(1, 2));
    }
    assertThat(writes())
        .containsExactly(
            "PATCH /namespaces/audit/policyreports/tare-web-1" + APPLY,
            "DELETE /namespaces/audit/policyreports/tare-web-2",
            "DELETE /namespaces/audit/policyreports/tare-gone-1");
  }

  @ParameterizedTest
  @CsvSource({
    "403, DENIED, create, tare-web-1",
    "404, ENVIRONMENT, kubectl get crd, tare-web-1",
  })
  void refusalInOneNamespaceKeepsNoOtherFromBeingApplied(
      int status, FailureKind kind, String hint, String name) throws InterruptedException {
    patch(
        "/namespaces/closed/policyreports/tare-web-1",
        status,
        "{\"kind\":\"Status\",\"message\":\"not here\",\"code\":" + status + "}");
    patch("/namespaces/shop/policyreports/tare-web-1", 200, "{}");
    cluster.answer(GROUP + "/policyreports" + OWNED, 200, list(""));
    cluster.answer(GROUP + "/clusterpolicyreports" + OWNED, 200, list(""));
    try (PolicyReportSet reports = set("k8s:")) {
      reports.apply(report("PolicyReport", "closed", "tare-web-1", "r/web"));
      reports.apply(report("PolicyReport", "shop", "tare-web-1", "r/web"));
      assertThatThrownBy(() -> reports.finish(repository -> false))
          .isInstanceOfSatisfying(
              TareException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(kind);
                assertThat(e.hint()).contains(hint);
              })
          .hasMessageStartingWith("apply PolicyReport closed/" + name + " of k8s: at http")
          .hasMessageContaining(status + " not here");
    }
    assertThat(writes()).contains("PATCH /namespaces/shop/policyreports/tare-web-1" + APPLY);
  }

  @Test
  void refusedCredentialsEndItAtOnce() {
    patch(
        "/namespaces/audit/policyreports/tare-web-1",
        401,
        "{\"kind\":\"Status\",\"message\":\"Unauthorized\",\"code\":401}");
    try (PolicyReportSet reports = set("k8s:/audit")) {
      assertThatThrownBy(() -> reports.apply(report("PolicyReport", "", "tare-web-1", "r/web")))
          .isInstanceOfSatisfying(
              TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT))
          .hasMessageContaining("401 Unauthorized");
    }
  }

  @Test
  void moreReportsThanTheLimitAreRefusedByIts() {
    patch("/namespaces/audit/policyreports/tare-web-1", 200, "{}");
    try (PolicyReportSet reports = set("k8s:/audit", new PolicyReportLimits(1, 1_000, 20))) {
      reports.apply(report("PolicyReport", "", "tare-web-1", "r/web"));
      assertThatThrownBy(() -> reports.apply(report("PolicyReport", "", "tare-db-1", "r/db")))
          .isInstanceOfSatisfying(
              TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.LIMIT))
          .hasMessageContaining("more than 1 reports");
    }
    try (PolicyReportSet reports = set("k8s:/audit", new PolicyReportLimits(9, 100, 20))) {
      assertThatThrownBy(() -> reports.apply(report("PolicyReport", "", "tare-db-1", "r/db")))
          .hasMessageContaining("or 100 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "audit-nightly-tare, true",
    "a, true",
    "a b, false",
    "-a, false",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false",
  })
  void ownerIsAValueThatALabelMayHave(String name, boolean one) {
    assertThat(PolicyReportSet.isOwner(name)).isEqualTo(one);
  }
}
