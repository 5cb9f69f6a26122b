package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.DistributionBinary;
import dev.tare.testing.EstargzLayer;
import dev.tare.testing.LayerTar;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Layers with a table of contents, from registries that count what they send. */
class PartialLayersIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LayerTar.Blob layer = layer();
  @TempDir Path temporary;

  /** Three megabytes that nobody wants, and some files that facts are made of. */
  private static LayerTar.Blob layer() {
    byte[] elf = new byte[30_000];
    new Random(1).nextBytes(elf);
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}, 0, elf, 0, 8);
    EstargzLayer layer =
        new EstargzLayer()
            .file("etc/os-release", 0644, ascii("ID=alpine\nVERSION_ID=3.20.1\n"))
            .file("opt/npmrc", 0644, ascii("//npm.example/:_authToken=abc\n"))
            .file("etc/passwd", 0644, ascii("root:x:0:0:root:/root:/bin/sh\n"))
            .file("lib/apk/db/installed", 0644, ascii("P:curl\nV:8.9.0-r0\nA:x86_64\n\n"));
    byte[] data = new byte[500_000];
    Random random = new Random(2);
    for (int i = 0; i < 6; i++) {
      random.nextBytes(data);
      layer.file("srv/data/" + i, 0644, data);
    }
    return layer
        .file("usr/bin/curl", 0755, elf)
        .file("usr/bin/start", 0755, ascii("#!/bin/sh\nexec curl\n"))
        .file("usr/bin/su", 04755, elf)
        .build();
  }

  @Test
  void loopbackRegistrySendsPartsAndTheFactsAreTheSame() throws Exception {
    SentBytes sent = new SentBytes("/blobs/" + layer.descriptor().digest());
    try (LoopbackRegistry registry = LoopbackRegistry.filtered(List.of(sent))) {
      push(registry.host());
      JsonNode parts = scan(registry.host(), "parts");
      long inParts = sent.count.getAndSet(0);
      JsonNode whole = scan(registry.host(), "whole", "--whole-layers");
      long atOnce = sent.count.getAndSet(0);
      compare(parts, inParts, whole, atOnce);
      assertThat(inParts).isEqualTo(parts.path("summary").path("bytesFetched").longValue());
    }
  }

  @Test
  void realRegistrySendsPartsAndTheFactsAreTheSame() throws Exception {
    try (DistributionBinary registry = DistributionBinary.start()) {
      push(registry.host());
      JsonNode parts = scan(registry.host(), "parts");
      long inParts = sentSoFar(registry);
      JsonNode whole = scan(registry.host(), "whole", "--whole-layers");
      compare(parts, inParts, whole, sentSoFar(registry) - inParts);
    }
  }

  @Test
  void registryThatGivesNoPartsIsReadWhole() throws Exception {
    Filter noRanges =
        new Filter() {
          @Override
          public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
            if (!exchange.getRequestHeaders().containsKey("Range")) {
              chain.doFilter(exchange);
              return;
            }
            try (exchange) {
              exchange.sendResponseHeaders(200, layer.bytes().length);
              exchange.getResponseBody().write(layer.bytes());
            }
          }

          @Override
          public String description() {
            return "knows no ranges";
          }
        };
    try (LoopbackRegistry registry = LoopbackRegistry.filtered(List.of(noRanges))) {
      push(registry.host());
      JsonNode report = scan(registry.host(), "parts");
      assertThat(report.path("summary").path("bytesFetched").longValue())
          .isEqualTo(layer.descriptor().sizeBytes());
      assertThat(layerGaps(report)).isEmpty();
    }
  }

  @Test
  void wholeLayersReadsAgainWhatAnEarlierRunReadInParts() throws Exception {
    try (LoopbackRegistry registry = LoopbackRegistry.inMemory()) {
      push(registry.host());
      assertThat(layerGaps(scan(registry.host(), "state"))).hasSize(1);
      JsonNode whole = scan(registry.host(), "state", "--whole-layers");
      assertThat(whole.path("summary").path("bytesFetched").longValue())
          .isEqualTo(layer.descriptor().sizeBytes());
      assertThat(layerGaps(whole)).isEmpty();
      JsonNode after = scan(registry.host(), "state");
      assertThat(after.path("summary").path("bytesFetched").longValue()).isZero();
      assertThat(layerGaps(after)).isEmpty();
    }
  }

  @Test
  void fileThatALinkLeadsToIsFetchedByItself() throws Exception {
    LayerTar.Blob links = LayerTar.of().symlink("root/.npmrc", "/opt/npmrc").gzip();
    SentBytes sent = new SentBytes("/blobs/" + layer.descriptor().digest());
    try (LoopbackRegistry registry = LoopbackRegistry.filtered(List.of(sent))) {
      push(registry.host(), layer.descriptor().mediaType(), layer, links);
      JsonNode report = scan(registry.host(), "parts");
      assertThat(facts(report).path("secrets").path(0).path("path").asString())
          .isEqualTo("/root/.npmrc");
      assertThat(sent.count.get()).isLessThan(layer.descriptor().sizeBytes() / 5);
      assertThat(layerGaps(report)).hasSize(1);
    }
  }

  @Test
  void compressionThatTheMediaTypeDoesNotSayIsAGap() throws Exception {
    try (LoopbackRegistry registry = LoopbackRegistry.inMemory()) {
      push(registry.host(), MediaTypes.OCI_LAYER_ZSTD);
      assertThat(layerGaps(scan(registry.host(), "state", "--whole-layers")))
          .singleElement()
          .satisfies(gap -> {
            assertThat(gap.path("fact").asString()).isEqualTo("layers.mediaType");
            assertThat(gap.path("layer").intValue()).isZero();
            assertThat(gap.path("reason").asString())
                .isEqualTo(
                    "compression by content: gzip, media type "
                        + MediaTypes.OCI_LAYER_ZSTD
                        + " says zstd");
          });
    }
  }

  @Test
  void layerThatIsNotDistributedIsAGapAndTheVerdictUnknown() throws Exception {
    try (LoopbackRegistry registry = LoopbackRegistry.inMemory()) {
      String mediaType = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";
      push(registry.host(), mediaType);
      JsonNode report = scan(registry.host(), "state");
      assertThat(report.path("notInspected").isEmpty()).isTrue();
      assertThat(facts(report).path("gaps").valueStream())
          .filteredOn(gap -> gap.path("layer").isInt())
          .singleElement()
          .satisfies(gap -> {
            assertThat(gap.path("fact").asString()).isEqualTo("layers");
            assertThat(gap.path("reason").asString())
                .isEqualTo("not distributed with the image (media type " + mediaType + ")");
          });
      assertThat(facts(report).path("size").path("compressed").longValue())
          .isEqualTo(layer.descriptor().sizeBytes());
      assertThat(report.toString())
          .contains("Not known, because layers could not be read: not distributed with the image");
    }
  }

  private void compare(JsonNode parts, long inParts, JsonNode whole, long atOnce) {
    long size = layer.descriptor().sizeBytes();
    assertThat(atOnce).isEqualTo(size);
    assertThat(inParts).isPositive().isLessThan(size / 5);
    assertThat(whole.path("summary").path("bytesFetched").longValue()).isEqualTo(size);
    assertThat(layerGaps(whole)).isEmpty();
    assertThat(layerGaps(parts))
        .singleElement()
        .satisfies(gap ->
            assertThat(gap.path("reason").asString())
                .startsWith("read by its table of contents (eStargz)"));
    JsonNode expected = comparable(whole);
    assertThat(comparable(parts)).isEqualTo(expected);
    assertThat(expected.path("tools").valueStream().map(tool -> tool.path("name").asString()))
        .contains("curl");
    assertThat(expected.path("packages").path("count").intValue()).isEqualTo(1);
    assertThat(expected.path("base").path("os").path("id").asString()).isEqualTo("alpine");
  }

  private static List<JsonNode> layerGaps(JsonNode report) {
    return facts(report)
        .path("gaps")
        .valueStream()
        .filter(gap -> gap.path("fact").asString().startsWith("layers."))
        .toList();
  }

  private static JsonNode facts(JsonNode report) {
    return report.path("images").path(0).path("facts");
  }

  /** The facts, but for the moment of the run and the gap about how the layer was read. */
  private static JsonNode comparable(JsonNode report) {
    ObjectNode facts = (ObjectNode) facts(report).deepCopy();
    facts.remove("evaluatedAt");
    ((ObjectNode) facts.path("image")).remove("ageDays");
    ArrayNode gaps = facts.putArray("gaps");
    facts(report)
        .path("gaps")
        .valueStream()
        .filter(gap -> !gap.path("fact").asString().equals("layers.diffId"))
        .forEach(gaps::add);
    return facts;
  }

  private JsonNode scan(String host, String name, String... options) {
    Path output = temporary.resolve(name + options.length);
    List<String> arguments = new ArrayList<>(List.of("scan", host, "--format", "json"));
    arguments.addAll(List.of("--state", temporary.resolve(name + ".state").toString()));
    arguments.addAll(List.of("-o", output.toString(), "--tickets", "none"));
    arguments.addAll(List.of(options));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isIn(0, 1);
    return WrittenReport.in(output).root();
  }

  /** Bytes of answers to requests for the blob, as the registry's own log has them. */
  private long sentSoFar(DistributionBinary registry) throws IOException {
    Pattern line =
        Pattern.compile(
            "\"GET /v2/team/app/blobs/"
                + layer.descriptor().digest()
                + " HTTP/1.1\" 20[06] (\\d+)");
    Matcher matcher = line.matcher(registry.log());
    long bytes = 0;
    while (matcher.find()) {
      bytes += Long.parseLong(matcher.group(1));
    }
    return bytes;
  }

  private void push(String host) throws IOException, InterruptedException {
    push(host, layer.descriptor().mediaType());
  }

  private void push(String host, String mediaType) throws IOException, InterruptedException {
    push(host, mediaType, layer);
  }

  /** The first layer is pushed under this media type, the others under their own. */
  private static void push(String host, String mediaType, LayerTar.Blob... layers)
      throws IOException, InterruptedException {
    byte[] config =
        ascii(
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\""
                + Instant.EPOCH
                + "\",\"config\":{\"Entrypoint\":[\"/usr/bin/start\"]},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                + Arrays.stream(layers)
                    .map(layer -> "\"" + layer.diffId() + "\"")
                    .collect(Collectors.joining(","))
                + "]}}");
    blob(host, config);
    for (LayerTar.Blob layer : layers) {
      blob(host, layer.bytes());
    }
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
    manifest.set(
        "config",
        descriptor(new Descriptor(MediaTypes.OCI_CONFIG, Digest.sha256(config), config.length)));
    ArrayNode rows = manifest.putArray("layers");
    for (LayerTar.Blob layer : layers) {
      ObjectNode row = descriptor(layer.descriptor());
      rows.add(rows.isEmpty() ? row.put("mediaType", mediaType) : row);
    }
    send(
        "PUT",
        URI.create("http://" + host + "/v2/team/app/manifests/1"),
        JSON.writeValueAsBytes(manifest),
        MediaTypes.OCI_MANIFEST);
  }

  private static ObjectNode descriptor(Descriptor descriptor) {
    ObjectNode node = JSON.createObjectNode();
    node.put("mediaType", descriptor.mediaType());
    node.put("digest", descriptor.digest().toString());
    node.put("size", descriptor.sizeBytes());
    ObjectNode annotations = node.putObject("annotations");
    for (Map.Entry<String, String> annotation : descriptor.annotations().entrySet()) {
      annotations.put(annotation.getKey(), annotation.getValue());
    }
    return node;
  }

  private static void blob(String host, byte[] content) throws IOException, InterruptedException {
    URI uploads = URI.create("http://" + host + "/v2/team/app/blobs/uploads/");
    String location =
        send("POST", uploads, new byte[0], "application/octet-stream")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    String separator = location.contains("?") ? "&" : "?";
    send(
        "PUT",
        uploads.resolve(location + separator + "digest=" + Digest.sha256(content)),
        content,
        "application/octet-stream");
  }

  private static HttpResponse<String> send(String method, URI uri, byte[] body, String type)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri)
                  .method(method, BodyPublishers.ofByteArray(body))
                  .header("Content-Type", type)
                  .build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
      return response;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Counts the bytes of answers to requests for one path. */
  private static final class SentBytes extends Filter {
    private final String path;
    private final AtomicLong count = new AtomicLong();

    SentBytes(String path) {
      this.path = path;
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      if (exchange.getRequestMethod().equals("GET")
          && exchange.getRequestURI().getPath().endsWith(path)) {
        exchange.setStreams(
            null,
            new FilterOutputStream(exchange.getResponseBody()) {
              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                count.addAndGet(length);
              }
            });
      }
      chain.doFilter(exchange);
    }

    @Override
    public String description() {
      return "counts what is sent";
    }
  }
}
