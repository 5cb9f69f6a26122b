package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import dev.tare.oci.Digest;
import dev.tare.testing.DistributionBinary;
import dev.tare.testing.Programs;
import dev.tare.testing.TlsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that lie in a registry as {@code oras push} stores them. */
class OciBundleIT {
  private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
  private static final String EMPTY = "{}";

  @TempDir private static Path sourcesAndBundle;
  private static byte[] bundle;
  private static String manifest;

  @TempDir private Path directory;

  @BeforeAll
  static void build() throws IOException {
    Programs.assumeInstalled("opa");
    Path sources = Files.createDirectory(sourcesAndBundle.resolve("acme"));
    Files.writeString(
        sources.resolve("image.rego"),
        "package main\n\ndeny contains \"Layers.\" if input.layerCount > 0\n");
    Path file = sourcesAndBundle.resolve("acme.tar.gz");
    CommandLineRun built =
        CommandLineRun.of("policy", "build", sources.toString(), file.toString());
    assertThat(built.status()).as(built.err()).isZero();
    bundle = Files.readAllBytes(file);
    manifest =
        """
        {"schemaVersion": 2, "mediaType": "%s", "artifactType": "application/vnd.acme.policies",
         "config": {"mediaType": "application/vnd.oci.empty.v1+json", "digest": "%s", "size": %d},
         "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "%s", "size": %d,
          "annotations": {"org.opencontainers.image.title": "acme.tar.gz"}}]}\
        """
            .formatted(
                TYPE,
                Digest.sha256(EMPTY.getBytes(StandardCharsets.UTF_8)),
                EMPTY.length(),
                Digest.sha256(bundle),
                bundle.length);
  }

  @Test
  void bundleIsPulledByTagAndByDigest() throws Exception {
    try (DistributionBinary registry = DistributionBinary.start()) {
      push(registry.host(), EMPTY.getBytes(StandardCharsets.UTF_8));
      push(registry.host(), bundle);
      send(
          HttpRequest.newBuilder(URI.create("http://" + registry.host() + "/v2/acme/manifests/1"))
              .header("Content-Type", TYPE)
              .PUT(HttpRequest.BodyPublishers.ofString(manifest)));
      String digest = Digest.sha256(manifest.getBytes(StandardCharsets.UTF_8)).toString();
      for (String name : new String[] {":1", "@" + digest, ":1@" + digest}) {
        CommandLineRun run =
            CommandLineRun.of(
                "policy", "check", "oci://" + registry.host() + "/acme" + name, "--plain-http");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("acme: usable, 1 rule, sha256:");
      }
      CommandLineRun missing =
          CommandLineRun.of("policy", "check", "oci://" + registry.host() + "/acme:2");
      assertThat(missing.status()).isEqualTo(4);
      assertThat(missing.err()).contains("acme:2").contains("404");
    }
  }

  @Test
  void certificateIsCheckedUnlessToldOtherwise() throws Exception {
    try (TlsServer tls = TlsServer.start(directory, this::answer);
        LoopbackRegistry images = LoopbackRegistry.inMemory()) {
      SampleImages.of(images.host(), InstantSource.system()).push();
      String location = "oci://" + tls.host() + "/acme:1";
      CommandLineRun refused = CommandLineRun.of("policy", "check", location);
      assertThat(refused.status()).isEqualTo(4);
      assertThat(refused.err())
          .contains("TLS certificate of localhost")
          .contains("--insecure-skip-tls-verify");
      CommandLineRun plain = CommandLineRun.of("policy", "check", location, "--plain-http");
      assertThat(plain.status()).isEqualTo(4);
      assertThat(plain.err()).contains("drop --plain-http").doesNotContain("certificate");
      String[] scan = {
        "scan",
        images.host() + "/team/*",
        "--state",
        directory.resolve("state").toString(),
        "-o",
        directory.resolve("out").toString(),
        "--format",
        "json",
        "--policy",
        location,
        "--insecure-skip-tls-verify"
      };
      CommandLineRun run = CommandLineRun.of(scan);
      assertThat(run.status()).as(run.err()).isEqualTo(1);
      assertThat(Files.readString(directory.resolve("out/report.json"))).contains("ACME-MAIN-DENY");
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = path.contains("/manifests/") ? manifest.getBytes(StandardCharsets.UTF_8) : bundle;
    exchange.getResponseHeaders().add("Content-Type", TYPE);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static void push(String host, byte[] blob) throws Exception {
    String location =
        send(HttpRequest.newBuilder(URI.create("http://" + host + "/v2/acme/blobs/uploads/"))
                .POST(HttpRequest.BodyPublishers.noBody()))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    send(
        HttpRequest.newBuilder(
                URI.create(
                    location
                        + (location.contains("?") ? "&" : "?")
                        + "digest="
                        + Digest.sha256(blob)))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(blob)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
      return response;
    }
  }
}
