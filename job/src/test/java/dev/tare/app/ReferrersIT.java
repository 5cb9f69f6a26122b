package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tare.testing.DistributionBinary;
import dev.tare.testing.LoopbackFixture;
import dev.tare.testing.Programs;
import dev.tare.testing.RawPush;
import dev.tare.testing.RegistryFixture;
import dev.tare.testing.Skopeo;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is attached to an image as referrers, in the forms of {@code oras attach}, cosign and
 * notation, comes out the same from registries that list it in different ways.
 */
class ReferrersIT {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String APP = "team/app";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;

  @Test
  void referrersApiOfTheSpecification() throws Exception {
    try (RegistryFixture registry = LoopbackFixture.start()) {
      pushed(registry.host());
      assertFound(registry.host());
    }
  }

  @Test
  void tagSchemaWhereThereIsNoApi() throws Exception {
    try (DistributionBinary registry = DistributionBinary.start()) {
      Attached attached = pushed(registry.host());
      try (RawPush push = new RawPush(registry.host())) {
        push.manifest(APP, attached.subject().replace(':', '-'), INDEX, attached.list().toString());
      }
      assertFound(registry.host());
    }
  }

  /**
   * As go-containerregistry 0.22's registry lists them: with the config's media type as artifact
   * type, whatever the manifest says.
   */
  @Test
  void referrersApiThatMistakesTheArtifactType() throws Exception {
    try (RegistryFixture registry = LoopbackFixture.start()) {
      pushed(registry.host());
      HttpServer mistaken =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      try (HttpClient http = HttpClient.newHttpClient()) {
        mistaken.createContext("/", exchange -> forward(exchange, http, registry.host()));
        mistaken.start();
        assertFound("localhost:" + mistaken.getAddress().getPort());
      } finally {
        mistaken.stop(0);
      }
    }
  }

  private static void forward(HttpExchange exchange, HttpClient http, String host)
      throws IOException {
    try (exchange) {
      URI address = URI.create("http://" + host + exchange.getRequestURI());
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(address)
                  .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody())
                  .setHeader(
                      "Accept",
                      String.join(
                          ",", exchange.getRequestHeaders().getOrDefault("Accept", List.of("*/*"))))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      byte[] body = answer.body();
      if (address.getPath().contains("/referrers/")) {
        body =
            new String(body, StandardCharsets.UTF_8)
                .replaceAll(
                    "\"artifactType\":\"[^\"]*\"",
                    "\"artifactType\":\"application/vnd.oci.empty.v1+json\"")
                .getBytes(StandardCharsets.UTF_8);
      }
      for (String name : List.of("Content-Type", "Docker-Content-Digest", "Link")) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
      }
      boolean head = exchange.getRequestMethod().equals("HEAD");
      answer
          .headers()
          .firstValue("Content-Length")
          .filter(length -> head)
          .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
      exchange.sendResponseHeaders(
          answer.statusCode(), head || body.length == 0 ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** What hangs on the image with the digest {@code subject}, as the tag schema lists it. */
  private record Attached(String subject, ObjectNode list) {}

  private static Attached pushed(String host) throws Exception {
    Programs.assumeInstalled("skopeo");
    Skopeo.push(
        "docker-archive:" + TestImages.path("docker-save/busybox-whiteout.tar"),
        host + "/" + APP + ":1");
    String image = Skopeo.rawManifest(host + "/" + APP + ":1");
    String digest = RawPush.sha256(image);
    ObjectNode subject =
        JSON.createObjectNode()
            .put("mediaType", JSON.readTree(image).path("mediaType").asString(MANIFEST))
            .put("digest", digest)
            .put("size", image.getBytes(StandardCharsets.UTF_8).length);
    String provenance =
        statement(
            digest,
            "https://slsa.dev/provenance/v1",
            "{\"buildDefinition\":{\"resolvedDependencies\":[{\"uri\":\"pkg:docker/golang@1.22\"}]}}");
    String sbom = statement(digest, "https://spdx.dev/Document", "{}");
    String bundle =
        "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"dsseEnvelope\":{\"payload\":\"%s\"}}"
            .formatted(Base64.getEncoder().encodeToString(sbom.getBytes(StandardCharsets.UTF_8)));
    ObjectNode list = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
    ArrayNode referrers = list.putArray("manifests");
    try (RawPush push = new RawPush(host)) {
      Attacher attacher = new Attacher(push, subject, referrers);
      attacher.attach(
          "application/vnd.in-toto+json", "application/vnd.in-toto+json", provenance, Map.of());
      attacher.attach(
          "application/vnd.dev.sigstore.bundle.v0.3+json",
          "application/vnd.dev.sigstore.bundle.v0.3+json",
          bundle,
          Map.of("dev.sigstore.bundle.predicateType", "https://spdx.dev/Document"));
      attacher.attach(
          "application/vnd.cncf.notary.signature", "application/jose+json", "{}", Map.of());
      attacher.attach("application/vnd.acme.readme", "text/markdown", "# hello", Map.of());
    }
    return new Attached(digest, list);
  }

  private static String statement(String subject, String type, String predicate) {
    return "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicateType\":\"%s\",\"subject\":[{\"name\":\"app\",\"digest\":{\"sha256\":\"%s\"}}],\"predicate\":%s}"
        .formatted(type, subject.substring(subject.indexOf(':') + 1), predicate);
  }

  /** Pushes manifests with a subject. */
  private record Attacher(RawPush push, ObjectNode subject, ArrayNode referrers) {
    void attach(String artifactType, String mediaType, String content, Map<String, String> said)
        throws Exception {
      ObjectNode manifest =
          JSON.createObjectNode()
              .put("schemaVersion", 2)
              .put("mediaType", MANIFEST)
              .put("artifactType", artifactType);
      manifest
          .putObject("config")
          .put("mediaType", "application/vnd.oci.empty.v1+json")
          .put("digest", push.blob(APP, "{}"))
          .put("size", 2);
      manifest
          .putArray("layers")
          .addObject()
          .put("mediaType", mediaType)
          .put("digest", push.blob(APP, content))
          .put("size", content.getBytes(StandardCharsets.UTF_8).length);
      manifest.set("subject", subject);
      ObjectNode annotations = manifest.putObject("annotations");
      said.forEach(annotations::put);
      String text = manifest.toString();
      ObjectNode listed =
          referrers
              .addObject()
              .put("mediaType", MANIFEST)
              .put("digest", push.manifest(APP, MANIFEST, text))
              .put("size", text.length())
              .put("artifactType", artifactType);
      listed.set("annotations", annotations);
    }
  }

  private void assertFound(String host) throws IOException {
    Path output = directory.resolve("out");
    CommandLineRun run =
        CommandLineRun.of(
            "scan",
            host + "/" + APP + ":1",
            "--no-progress",
            "--fail-on",
            "never",
            "--tickets",
            "none",
            "--format",
            "json",
            "-o",
            output.toString(),
            "--state",
            directory.resolve("state").toString());
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode facts = WrittenReport.in(output).facts(APP + ":1");
    JsonNode provenance = facts.path("provenance");
    assertThat(provenance.path("signed").booleanValue()).isTrue();
    assertThat(provenance.path("sbom").booleanValue()).isTrue();
    assertThat(provenance.path("attestations").valueStream().map(JsonNode::stringValue))
        .containsExactly("https://slsa.dev/provenance/v1", "https://spdx.dev/Document");
    assertThat(provenance.path("slsaMaterials").valueStream().map(JsonNode::stringValue))
        .containsExactly("pkg:docker/golang@1.22");
    assertThat(facts.path("gaps").valueStream().map(gap -> gap.path("fact").stringValue()))
        .doesNotContain("provenance");
  }
}
