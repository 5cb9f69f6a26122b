package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.store.StateLocation;
import dev.tare.testing.LayerTar;
import dev.tare.testing.RawPush;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Layers that are fetched once more, because links of other layers lead to files of them that
 * nothing but those links makes anything of.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReadAgainContract {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final String TOKEN = "//npm.example/:_authToken=abc\n";
  private static final AtomicInteger STATES = new AtomicInteger();

  private final Requests requests = new Requests();
  private LoopbackRegistry registry;
  private RawPush push;
  private String state;

  /** The {@code --state} of a new one. */
  abstract String newState(int number, Path directory) throws Exception;

  @BeforeEach
  void pushTwoImagesOnOneLayer(@TempDir Path directory) throws Exception {
    registry = LoopbackRegistry.filtered(List.of(requests));
    push = new RawPush(registry.host());
    LayerTar.Blob store = LayerTar.of().file("opt/npmrc", TOKEN).tar();
    LayerTar.Blob links = LayerTar.of().symlink("root/.npmrc", "/opt/npmrc").tar();
    LayerTar.Blob application = LayerTar.of().file("app/readme", "hello\n").tar();
    image("team/a", store, links);
    image("team/b", store, links, application);
    image("team/c", application);
    requests.begin(store.descriptor().digest().toString());
    state = newState(STATES.incrementAndGet(), directory);
  }

  @AfterEach
  void stop() {
    push.close();
    registry.close();
  }

  @Test
  void layerIsFetchedOnceMoreForAllImagesAndNeverAgain(@TempDir Path directory) {
    CommandLineRun first = scan(directory);
    assertThat(first.err())
        .contains("1 layer (")
        .contains("is read again: links lead to files whose content was not kept");
    assertThat(requests.ofBlob.get()).isEqualTo(2);
    WrittenReport report = WrittenReport.in(directory.resolve("out"));
    assertSecretIsFound(report);

    assertThat(scan(directory).err()).doesNotContain("read again");
    assertThat(requests.ofBlob.get()).isEqualTo(2);
    assertSecretIsFound(WrittenReport.in(directory.resolve("out")));
  }

  @Test
  void whatCannotBeFetchedNowIsAGapAndIsTriedAgain(@TempDir Path directory) {
    requests.refused = 2;
    scan(directory);
    for (String repository : List.of("team/a", "team/b")) {
      JsonNode facts = facts(WrittenReport.in(directory.resolve("out")), repository);
      assertThat(facts.path("secrets")).isEmpty();
      assertThat(facts.path("gaps").toString())
          .contains("\"secrets\"")
          .contains("/root/.npmrc")
          .contains("a link leads to \\\"/opt/npmrc\\\": its content was not kept");
    }

    requests.refused = Integer.MAX_VALUE;
    scan(directory);
    assertSecretIsFound(WrittenReport.in(directory.resolve("out")));
  }

  @Test
  void runThatEndedWhileLayersWereReadAgainGoesOn(@TempDir Path directory) throws Exception {
    assertThat(CommandLineRun.of("runs", "--state", state).status()).isZero();
    execute("ALTER TABLE tare_layer ADD CONSTRAINT trap CHECK (fetched_bytes < 3000)");
    assertThat(run(directory).status()).isGreaterThan(1);
    execute("ALTER TABLE tare_layer DROP CONSTRAINT trap");

    CommandLineRun resumed = scan(directory);
    assertThat(resumed.out()).contains("resumed where an earlier run was interrupted");
    assertSecretIsFound(WrittenReport.in(directory.resolve("out")));
  }

  private void assertSecretIsFound(WrittenReport report) {
    for (String repository : List.of("team/a", "team/b")) {
      JsonNode facts = facts(report, repository);
      assertThat(facts.path("secrets").path(0).path("path").stringValue())
          .isEqualTo("/root/.npmrc");
      assertThat(facts.path("gaps").toString()).doesNotContain("a link leads to");
    }
    assertThat(facts(report, "team/c").path("secrets")).isEmpty();
  }

  private static JsonNode facts(WrittenReport report, String repository) {
    for (JsonNode image : report.images()) {
      JsonNode facts = image.path("facts");
      if (facts.path("image").path("repository").stringValue().equals(repository)) {
        return facts;
      }
    }
    throw new AssertionError(repository + " is not in the report");
  }

  private CommandLineRun scan(Path directory) {
    CommandLineRun run = run(directory);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private CommandLineRun run(Path directory) {
    return CommandLineRun.of(
        "scan",
        registry.host(),
        "--state",
        state,
        "-o",
        directory.resolve("out").toString(),
        "--format",
        "json",
        "--tickets",
        "none",
        "--fail-on",
        "never",
        "--no-progress");
  }

  private void execute(String sql) throws Exception {
    StateLocation location = StateLocation.parse(state);
    Properties settings = new Properties();
    settings.putAll(location.settings());
    try (Connection connection = DriverManager.getConnection(location.url(), settings);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void image(String repository, LayerTar.Blob... layers) throws Exception {
    for (LayerTar.Blob layer : layers) {
      push.blob(repository, new String(layer.bytes(), StandardCharsets.UTF_8));
    }
    String config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}"
            .formatted(
                Arrays.stream(layers)
                    .map(layer -> "\"" + layer.diffId() + "\"")
                    .collect(Collectors.joining(",")));
    push.blob(repository, config);
    push.manifest(
        repository,
        "1",
        MANIFEST,
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(
                MANIFEST,
                descriptor(CONFIG, RawPush.sha256(config), config.length()),
                Arrays.stream(layers)
                    .map(layer ->
                        descriptor(
                            LAYER, layer.descriptor().digest().toString(), layer.bytes().length))
                    .collect(Collectors.joining(","))));
  }

  private static String descriptor(String mediaType, String digest, int size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, digest, size);
  }

  /** Counts requests for one blob, and refuses those from one number on. */
  private static final class Requests extends Filter {
    private final AtomicInteger ofBlob = new AtomicInteger();
    private volatile String blob = "none";
    private volatile int refused = Integer.MAX_VALUE;

    void begin(String digest) {
      blob = digest;
      ofBlob.set(0);
      refused = Integer.MAX_VALUE;
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      boolean counts =
          exchange.getRequestMethod().equals("GET")
              && exchange.getRequestURI().getPath().endsWith("/blobs/" + blob);
      if (counts && ofBlob.incrementAndGet() >= refused) {
        exchange.sendResponseHeaders(404, -1);
        exchange.close();
        return;
      }
      chain.doFilter(exchange);
    }

    @Override
    public String description() {
      return "requests for a blob";
    }
  }
}
