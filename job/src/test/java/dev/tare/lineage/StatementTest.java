package dev.tare.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
  private static final Digest IMAGE = new Digest("sha256", "1".repeat(64));
  private static final Digest BASE = new Digest("sha256", "2".repeat(64));

  private static final String V1 =
      """
      {"_type":"https://in-toto.io/Statement/v1","predicateType":"https://slsa.dev/provenance/v1",
       "subject":[{"name":"x","digest":{"sha256":"%s"}}],
       "predicate":{"buildDefinition":{"resolvedDependencies":[
         {"uri":"git+https://example.com/x","digest":{"gitCommit":"abc"}},
         {"uri":"pkg:docker/alpine@3.18","digest":{"sha256":"%s"}}]}}}
      """
          .formatted(IMAGE.hex(), BASE.hex());

  /** As BuildKit 0.2x wrote it; the member's name is its digest. */
  @Test
  void provenanceOfARealImageNamesItsBase() {
    String content =
        Programs.run(
            "tar",
            "-xOf",
            TestImages.path("oci/busybox-arm64-attestation.tar").toString(),
            "blobs/sha256/4f62f95682318843696bbf8eb884d5c904c1f2fa70c0f0523bf2cac8f902db14");
    Statement statement = Statement.parse(content.getBytes(StandardCharsets.UTF_8));
    assertThat(statement.predicateType()).isEqualTo("https://slsa.dev/provenance/v0.2");
    assertThat(
            statement.isAbout(
                Set.of(
                    Digest.parse(
                        "sha256:cf7d823e4eea96316ae629fb9a45b4211869162a5f5dc1654928c7ca530ed810"))))
        .isTrue();
    assertThat(statement.materials())
        .containsExactly(
            new Material(
                "pkg:docker/busybox@latest?platform=linux%2Farm64",
                Digest.parse(
                    "sha256:f85340bf132ae937d2c2a763b8335c9bab35d6e8293f70f606b9c6178d84f42b")));
    assertThat(statement.materials().getFirst().imageName()).isEqualTo("busybox:latest");
  }

  @Test
  void bareStatementEnvelopeAndBundleSayTheSame() {
    String payload = Base64.getEncoder().encodeToString(V1.getBytes(StandardCharsets.UTF_8));
    String envelope =
        "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\""
            + payload
            + "\",\"signatures\":[]}";
    String bundle =
        "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"dsseEnvelope\":"
            + envelope
            + "}";
    Statement bare = parse(V1);
    assertThat(bare.materials())
        .containsExactly(
            new Material("git+https://example.com/x", null),
            new Material("pkg:docker/alpine@3.18", BASE));
    assertThat(parse(envelope)).isEqualTo(bare);
    assertThat(parse(bundle)).isEqualTo(bare);
  }

  @Test
  void statementAboutAnotherImageIsNotAboutThisOne() {
    assertThat(parse(V1).isAbout(Set.of(IMAGE))).isTrue();
    assertThat(parse(V1).isAbout(Set.of(BASE))).isFalse();
  }

  @Test
  void otherPredicatesHaveNoMaterials() {
    assertThat(
            parse(
                    "{\"predicateType\":\"https://spdx.dev/Document\",\"predicate\":{\"materials\":[{\"uri\":\"x\"}]}}")
                .materials())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{}", "{\"payload\":\"%%%\"}", "{\"payload\":\"e30=\"}"})
  void whatIsNoStatementIsRefused(String content) {
    assertThatThrownBy(() -> parse(content))
        .isInstanceOf(TareException.class)
        .hasMessageStartingWith("in-toto statement: ");
  }

  /** Forms of BuildKit's purl.RefToPURL. */
  @ParameterizedTest
  @CsvSource({
    "pkg:docker/alpine@3.18?platform=linux%2Famd64, alpine:3.18",
    "pkg:docker/acme/app@1.2, acme/app:1.2",
    "pkg:docker/ghcr.io/acme/base@1.2?platform=linux%2Farm64, ghcr.io/acme/base:1.2",
    "pkg:docker/localhost%3A5001/base/debian@12, localhost:5001/base/debian:12",
    "docker-image://docker.io/library/alpine:3.18@sha256:2222222222222222222222222222222222222222222222222222222222222222, docker.io/library/alpine:3.18",
    "pkg:npm/left-pad@1.0.0,",
    "https://github.com/acme/app.git#refs/heads/main,",
    "pkg:docker/,"
  })
  void imagesAmongMaterialsAreNamed(String uri, String expected) {
    assertThat(new Material(uri, BASE).imageName()).isEqualTo(expected);
  }

  private static Statement parse(String content) {
    return Statement.parse(content.getBytes(StandardCharsets.UTF_8));
  }
}
