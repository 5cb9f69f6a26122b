package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import dev.tare.testing.Programs;
import dev.tare.testing.RegistryCrawl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people get wrong, and what is wrong where they look: a status, a line and a hint. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
  private static final int USAGE = 2;
  private static final int INCOMPLETE = 3;
  private static final int FAILED = 4;

  @TempDir Path directory;
  private LoopbackRegistry registry;

  @BeforeAll
  void start() throws IOException {
    registry = LoopbackRegistry.inMemory();
    SampleImages.of(registry.host(), InstantSource.system()).withBrokenImage().push();
  }

  @AfterAll
  void stop() {
    registry.close();
  }

  private List<String> scan(String target, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "scan",
                target,
                "--state",
                directory.resolve("state").toString(),
                "-o",
                directory.resolve("out").toString(),
                "--no-progress"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static CommandLineRun run(List<String> arguments) {
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  /** One line that says what happened, one that says what to do, and nothing else. */
  private static void assertRefused(CommandLineRun run, int status, String message, String hint) {
    assertThat(run.err()).as("standard error").contains(message).doesNotContain("\tat ");
    assertThat(run.err().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("tare: ").contains(message),
            line -> assertThat(line).startsWith("      ").contains(hint));
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.out()).isEmpty();
  }

  private static Filter answering(int status, String body, String... headers) {
    return Filter.beforeHandler(
        "answer",
        exchange -> {
          try (exchange) {
            for (int i = 0; i < headers.length; i += 2) {
              exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void registryThatDoesNotAnswer() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertRefused(
        run(scan("localhost:" + port)),
        FAILED,
        "connect to localhost:" + port,
        "Check that it runs");
  }

  @Test
  void registryOfNoSuchHost() {
    assertRefused(run(scan("registry.invalid")), FAILED, "registry.invalid", "Check");
  }

  @Test
  void httpsToARegistryThatSpeaksPlainHttp() throws IOException {
    InetAddress self = InetAddress.getLocalHost();
    Programs.skipUnless(
        self.isLoopbackAddress() && !self.getHostName().startsWith("localhost"),
        "this machine has no name of its own for its loopback address");
    String host = registry.host().replace("localhost", self.getHostName());
    assertRefused(run(scan(host)), FAILED, host, "--plain-http");
  }

  @Test
  void plainHttpToARegistryThatSpeaksHttps() throws IOException {
    // The words of Go's server, so of most registries.
    try (LoopbackRegistry tls =
        LoopbackRegistry.filtered(
            List.of(answering(400, "Client sent an HTTP request to an HTTPS server.\n")))) {
      assertRefused(run(scan(tls.host(), "--plain-http")), FAILED, tls.host(), "Drop --plain-http");
    }
  }

  @Test
  void credentialsThatTheRegistryRefusesAreNotShown() throws Exception {
    try (LoopbackRegistry refusing =
        LoopbackRegistry.filtered(
            List.of(
                answering(
                    401,
                    "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"no\"}]}",
                    "WWW-Authenticate",
                    "Basic realm=\"test\"")))) {
      CommandLineRun run =
          TareProcess.start(
                  directory,
                  "refused",
                  Map.of(
                      "TARE_REGISTRY_USERNAME", "scanner-account",
                      "TARE_REGISTRY_PASSWORD", "pa55-of-the-test"),
                  scan(refusing.host()))
              .end();
      assertRefused(run, FAILED, "401 UNAUTHORIZED", "docker login " + refusing.host());
      assertThat(run.err()).doesNotContain("pa55-of-the-test", "c2Nhbm5lci1hY2NvdW50");
    }
  }

  @Test
  void repositoryThatIsNotThere() {
    assertRefused(
        run(scan(registry.host() + "/team/no-such")),
        FAILED,
        "list tags of " + registry.host() + "/team/no-such: 404 NAME_UNKNOWN",
        "Check the name");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void repositoryThatIsNotThereBesideOneThatIs() {
    CommandLineRun run =
        run(
            scan(
                registry.host() + "/team/no-such",
                registry.host() + "/team/web",
                "--fail-on",
                "never"));
    assertThat(run.status()).as(run.err()).isEqualTo(INCOMPLETE);
    WrittenReport report = WrittenReport.in(directory.resolve("out"));
    assertMissing(report);
    assertThat(report.summary().path("repositories").intValue()).isEqualTo(1);
  }

  private void assertMissing(WrittenReport report) {
    JsonNode missing = report.notInspected();
    assertThat(missing).hasSize(1);
    assertThat(missing.path(0).path("reference").stringValue())
        .isEqualTo(registry.host() + "/team/no-such");
    assertThat(missing.path(0).path("stage").stringValue()).isEqualTo("repository");
    assertThat(missing.path(0).path("reason").stringValue()).contains("404 NAME_UNKNOWN");
  }

  @Test
  void imageThatIsNotThere() {
    assertRefused(
        CommandLineRun.of(
            "inspect",
            registry.host() + "/team/web:no-such",
            "--state",
            directory.resolve("state").toString()),
        FAILED,
        "team/web:no-such: 404 MANIFEST_UNKNOWN",
        "Check the name");
  }

  @Test
  void targetThatIsNoName() {
    assertRefused(
        run(scan("Not A Name")),
        USAGE,
        "target \"Not A Name\": repository \"Not A Name\": expected lower-case path components",
        "Targets look like registry.example.com");
  }

  @Test
  void configurationThatIsNotThere() {
    assertRefused(
        run(scan(registry.host(), "-c", directory.resolve("none.yaml").toString())),
        USAGE,
        "none.yaml: no readable file",
        "--config");
  }

  @Test
  void configurationThatIsNoYaml() throws IOException {
    Path file = Files.writeString(directory.resolve("bad.yaml"), "format: [html\nfail-on: low\n");
    assertRefused(
        run(scan(registry.host(), "-c", file.toString())), USAGE, "bad.yaml line ", "YAML");
  }

  @Test
  void unknownKeyOfTheConfigurationGetsASuggestion() throws IOException {
    Path file = Files.writeString(directory.resolve("key.yaml"), "fial-on: high\n");
    assertRefused(
        run(scan(registry.host(), "-c", file.toString())),
        USAGE,
        "unknown key \"fial-on\"",
        "Did you mean \"fail-on\"?");
  }

  @Test
  void unknownSettingOfARuleIsRefused() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("rule.yaml"), "settings: {rules: {TARE-SIZE-999: {enabled: false}}}");
    assertRefused(
        run(scan(registry.host(), "-c", file.toString())), USAGE, "TARE-SIZE-999", "TARE-SIZE-00");
  }

  @Test
  void fileInPlaceOfTheOutputDirectory() throws IOException {
    Files.writeString(directory.resolve("out"), "mine");
    assertRefused(run(scan(registry.host())), USAGE, "it is a file, not a directory", "--output");
    assertThat(directory.resolve("out")).hasContent("mine");
  }

  @Test
  void fileInPlaceOfTheStateDirectory() throws IOException {
    Files.writeString(directory.resolve("state"), "mine");
    assertRefused(run(scan(registry.host())), FAILED, "create state directory", "--state");
  }

  @Test
  void policyBundleThatIsNotThere() {
    assertRefused(
        run(scan(registry.host(), "--policy", directory.resolve("rules.tar.gz").toString())),
        USAGE,
        "rules.tar.gz: no such file or directory",
        ".tar.gz");
  }

  @Test
  void policyBundleThatIsNone() throws IOException {
    Path file = Files.writeString(directory.resolve("rules.tar.gz"), "not an archive");
    assertRefused(
        run(scan(registry.host(), "--policy", file.toString())),
        USAGE,
        "open policy bundle " + file + ": Not in GZIP format",
        "opa build -t wasm");
  }

  @Test
  void waiversThatAreNotThere() {
    assertRefused(
        run(scan(registry.host(), "--waivers", directory.resolve("none.yaml").toString())),
        USAGE,
        "none.yaml: no readable file",
        "--waivers");
  }

  @Test
  void waiversThatAreNoYaml() throws IOException {
    Path file = Files.writeString(directory.resolve("waivers.yaml"), "waivers: [{rule: x\n");
    assertRefused(
        run(scan(registry.host(), "--waivers", file.toString())),
        USAGE,
        "waivers.yaml line ",
        "config/waivers.yaml");
  }

  @Test
  void unknownFormat() {
    assertRefused(run(scan(registry.host(), "--format", "pdf")), USAGE, "pdf", "html");
  }

  @Test
  void unknownOptionGetsASuggestion() {
    assertRefused(
        run(scan(registry.host(), "--fail-no", "high")),
        USAGE,
        "Unknown option",
        "Did you mean --fail-on?");
  }

  @Test
  void unknownCommandGetsASuggestion() {
    assertRefused(CommandLineRun.of("scna", "x"), USAGE, "scna", "Did you mean scan?");
  }

  @Test
  void unknownRun() {
    assertRefused(
        CommandLineRun.of("report", "2020", "--state", directory.resolve("state").toString()),
        USAGE,
        "2020",
        "tare runs");
  }

  @Test
  void brokenImageIsListedAndTheOthersAreDone() {
    CommandLineRun run = run(scan(registry.host(), "--fail-on", "never"));
    assertThat(run.status()).as(run.err()).isEqualTo(INCOMPLETE);
    assertThat(run.out() + run.err()).doesNotContain("\tat ").contains("team/broken:1");
    WrittenReport report = WrittenReport.in(directory.resolve("out"));
    assertThat(report.notInspected()).hasSize(1);
    JsonNode broken = report.notInspected().path(0);
    assertThat(broken.path("reference").stringValue())
        .isEqualTo(registry.host() + "/team/broken:1");
    assertThat(broken.path("stage").stringValue()).isEqualTo("layer");
    assertThat(broken.path("reason").stringValue()).contains("404 BLOB_UNKNOWN");
    Set<String> expected = new TreeSet<>(RegistryCrawl.of(registry.host()).images());
    assertThat(expected.removeIf(name -> name.startsWith("team/broken:1 "))).isTrue();
    assertThat(report.imageNames()).isEqualTo(expected);
    assertThat(report.summary().path("notInspected").intValue()).isEqualTo(1);
  }
}
