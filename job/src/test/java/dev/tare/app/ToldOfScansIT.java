package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.SampleImages;
import dev.tare.testing.LoopbackFixture;
import dev.tare.testing.WebhookReceiver;
import dev.tare.testing.WebhookReceiver.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What others are told of scans by webhooks: changes of tickets, and a digest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToldOfScansIT {
  private LoopbackFixture registry;
  private WebhookReceiver receiver;
  private Path directory;

  @BeforeAll
  void startRegistry() throws IOException {
    registry = LoopbackFixture.start();
    SampleImages.of(registry.host(), InstantSource.system()).push();
  }

  @AfterAll
  void stopRegistry() {
    registry.close();
  }

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    receiver = new WebhookReceiver(WebhookReceiver.SECRET);
  }

  @AfterEach
  void stop() {
    receiver.close();
    assertThat(receiver.violations()).isEmpty();
  }

  private CommandLineRun run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--state", directory.resolve("state").toString()));
    all.addAll(List.of("-o", directory.resolve("out-" + arguments[0]).toString()));
    return CommandLineRun.of(
        Map.of(
            "TARE_TICKETS_TOKEN", WebhookReceiver.SECRET,
            "TARE_DIGEST_URL", receiver.address(),
            "TARE_DIGEST_TOKEN", WebhookReceiver.SECRET),
        all.toArray(String[]::new));
  }

  private List<String> types() {
    return receiver.taken().stream()
        .map(body -> JsonMapper.shared().readTree(body).path("type").asString())
        .toList();
  }

  @Test
  void digestIsOfScansInWhichSomethingChanged() {
    String good = registry.host() + "/edge/probe:1.0";
    String bad = registry.host() + "/team/web:1.5";
    CommandLineRun dry = run("scan", good, bad, "--digest", "json", "--dry-run");
    assertThat(dry.status()).as(dry.err()).isEqualTo(1);
    assertThat(types()).isEmpty();

    String[] scan = {"scan", bad, "--digest", "json", "--tickets", "none"};
    assertThat(run(scan).out()).contains("Digest: sent to http://127.0.0.1:");
    assertThat(run(scan).out()).contains("Digest: none, as nothing changed");
    assertThat(types()).containsExactly("run.digest");

    receiver.fault(new Fault(410, Map.of(), false));
    CommandLineRun gone =
        run("scan", bad, good, "--digest", "json", "--tickets", "none", "--fail-on", "never");
    assertThat(gone.status()).isEqualTo(4);
    assertThat(gone.err())
        .contains("410, it takes no message any more", "its reports are written")
        .doesNotContain("/hook");
    assertThat(directory.resolve("out-scan/report.json")).isNotEmptyFile();
  }

  @Test
  void ticketsOfScansAreToldOnceAndPlansAreNot() throws IOException {
    String[] tickets = {"--tickets", "webhook", "--tickets-project", receiver.address()};
    List<String> scan = new ArrayList<>(List.of("scan", registry.host() + "/team/web:1.5"));
    scan.addAll(List.of(tickets));
    List<String> planned = new ArrayList<>(scan);
    planned.add("--dry-run");

    assertThat(run(planned.toArray(String[]::new)).out()).contains("Tickets, planned: 1");
    assertThat(types()).isEmpty();
    receiver.fault(new Fault(422, Map.of(), false));
    assertThat(run(scan.toArray(String[]::new)).out()).contains("422");
    assertThat(run(scan.toArray(String[]::new)).out()).contains("Tickets: 1 created");
    assertThat(run(scan.toArray(String[]::new)).out()).contains("Tickets: nothing to do");

    assertThat(types()).containsExactly("ticket.created");
    assertThat(Files.readString(directory.resolve("out-scan/report.json"))).contains("\"webhook:");
    assertThat(directory.resolve("out-scan/tickets")).doesNotExist();
  }
}
