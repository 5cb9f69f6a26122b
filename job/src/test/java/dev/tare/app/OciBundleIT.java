package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.tare.oci.Digest;
import dev.tare.testing.DistributionBinary;
import dev.tare.testing.ImageLayout;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import dev.tare.testing.TlsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Policies that lie in a registry as {@code oras push} stores them: the archive that {@code opa
 * build -t wasm} made, its files, or a folder of them.
 */
class OciBundleIT {
  private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
  private static final String EMPTY = "{}";
  private static final int TLS_HANDSHAKE = 0x16;

  private static byte[] bundle;
  private static String manifest;

  @TempDir private Path directory;

  @BeforeAll
  static void read() throws IOException {
    bundle =
        Files.readAllBytes(
            TestImages.repository().resolve("job/src/test/resources/conftest/acme.tar.gz"));
    manifest = manifest(layer("acme.tar.gz", bundle, ""));
  }

  private static String manifest(String layers) {
    return """
    {"schemaVersion": 2, "mediaType": "%s", "artifactType": "application/vnd.acme.policies",
     "config": {"mediaType": "application/vnd.oci.empty.v1+json", "digest": "%s", "size": %d},
     "layers": [%s]}\
    """
        .formatted(
            TYPE, Digest.sha256(EMPTY.getBytes(StandardCharsets.UTF_8)), EMPTY.length(), layers);
  }

  private static String layer(String title, byte[] content, String more) {
    return """
    {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "%s", "size": %d,
     "annotations": {"org.opencontainers.image.title": "%s"%s}}\
    """
        .formatted(Digest.sha256(content), content.length, title, more);
  }

  @Test
  void bundleIsPulledByTagAndByDigest() throws Exception {
    try (DistributionBinary registry = DistributionBinary.start()) {
      push(registry.host(), EMPTY.getBytes(StandardCharsets.UTF_8));
      push(registry.host(), bundle);
      tag(registry.host(), "1", manifest);
      String digest = Digest.sha256(manifest.getBytes(StandardCharsets.UTF_8)).toString();
      for (String name : new String[] {":1", "@" + digest, ":1@" + digest}) {
        CommandLineRun run =
            CommandLineRun.of(
                "policy", "check", "oci://" + registry.host() + "/acme" + name, "--plain-http");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("acme: usable, 4 rules, sha256:");
      }
      CommandLineRun missing =
          CommandLineRun.of("policy", "check", "oci://" + registry.host() + "/acme:2");
      assertThat(missing.status()).isEqualTo(4);
      assertThat(missing.err()).contains("acme:2").contains("404");
    }
  }

  @Test
  void filesAndFoldersThatWerePushedAreTheSameBundle() throws Exception {
    Path unpacked = Files.createDirectory(directory.resolve("acme"));
    Path archive = Files.write(directory.resolve("acme.tar.gz"), bundle);
    Programs.run("tar", "-xzf", archive.toString(), "-C", unpacked.toString());
    Path folder = directory.resolve("folder.tar.gz");
    Programs.run("tar", "-czf", folder.toString(), "-C", directory.toString(), "acme");
    try (DistributionBinary registry = DistributionBinary.start()) {
      push(registry.host(), EMPTY.getBytes(StandardCharsets.UTF_8));
      List<String> files = new ArrayList<>();
      for (String name :
          List.of("policy.wasm", "data.json", ".manifest", "image.rego", "size.rego")) {
        byte[] content = Files.readAllBytes(unpacked.resolve(name));
        push(registry.host(), content);
        files.add(layer("acme/" + name, content, ""));
      }
      tag(registry.host(), "files", manifest(String.join(", ", files)));
      push(registry.host(), Files.readAllBytes(folder));
      tag(
          registry.host(),
          "folder",
          manifest(
              layer(
                  "acme",
                  Files.readAllBytes(folder),
                  ", \"io.deis.oras.content.unpack\": \"true\"")));
      CommandLineRun local = CommandLineRun.of("policy", "check", archive.toString());
      for (String tag : List.of("files", "folder")) {
        CommandLineRun run =
            CommandLineRun.of("policy", "check", "oci://" + registry.host() + "/acme:" + tag);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(local.out());
      }
    }
  }

  @Test
  void certificateIsCheckedUnlessToldOtherwise() throws Exception {
    ImageLayout layout = ImageLayout.in(directory.resolve("layout"));
    layout.image("one", LayerTar.of().file("srv/app", "content").gzip());
    layout.write();
    try (TlsServer tls = TlsServer.start(directory, this::answer)) {
      String location = "oci://" + tls.host() + "/acme:1";
      CommandLineRun refused = CommandLineRun.of("policy", "check", location);
      assertThat(refused.status()).isEqualTo(4);
      assertThat(refused.err())
          .contains("TLS certificate of localhost")
          .contains("--insecure-skip-tls-verify");
      String[] scan = {
        "scan",
        "oci:" + directory.resolve("layout"),
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

  /** What speaks TLS alone is spoken to so on a loopback address, unless the flag forbids it. */
  @Test
  void plainHttpIsSpokenWhereItIsToldTo() throws Exception {
    assertThat(firstBytesSent()).contains(TLS_HANDSHAKE);
    assertThat(firstBytesSent("--plain-http")).containsOnly((int) 'G');
  }

  /** What each connection begins with to a registry that answers http as one of TLS does. */
  private static List<Integer> firstBytesSent(String... flags) throws Exception {
    List<Integer> sent = new CopyOnWriteArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> answerAsTlsDoes(server, sent));
      List<String> command = new ArrayList<>(List.of("policy", "check"));
      command.add("oci://localhost:" + server.getLocalPort() + "/acme:1");
      command.addAll(List.of(flags));
      assertThat(CommandLineRun.of(command.toArray(String[]::new)).status()).isEqualTo(4);
    }
    return sent;
  }

  private static void answerAsTlsDoes(ServerSocket server, List<Integer> sent) {
    String text = "Client sent an HTTP request to an HTTPS server.\n";
    byte[] answer =
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(text.length(), text)
            .getBytes(StandardCharsets.US_ASCII);
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        byte[] request = new byte[8192];
        if (client.getInputStream().read(request) > 0) {
          sent.add((int) request[0]);
          client.getOutputStream().write(answer);
        }
      } catch (IOException e) {
        assertThat(server.isClosed()).as(e.toString()).isTrue();
      }
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

  private static void tag(String host, String tag, String content) throws Exception {
    send(
        HttpRequest.newBuilder(URI.create("http://" + host + "/v2/acme/manifests/" + tag))
            .header("Content-Type", TYPE)
            .PUT(HttpRequest.BodyPublishers.ofString(content)));
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
