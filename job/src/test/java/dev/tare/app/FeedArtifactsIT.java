package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.LoopbackFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds on their way into a cluster without a way out, by the command line. */
class FeedArtifactsIT {
  private static final String RECORD =
      """
      {"id": "CVE-2026-0001", "modified": "2026-11-01T00:00:00Z", "affected": [{"package":
      {"ecosystem": "Go", "name": "a"}, "ranges": [{"type": "SEMVER", "events":
      [{"introduced": "0"}]}]}]}
      """;

  @TempDir private Path directory;
  private LoopbackFixture registry;

  @BeforeEach
  void start() {
    registry = LoopbackFixture.start();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private String place(String name) {
    return "oci://" + registry.host() + "/" + name;
  }

  private CommandLineRun tare(String state, String... arguments) {
    List<String> all = new ArrayList<>(List.of("vulnerabilities"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--state", directory.resolve(state).toString()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private CommandLineRun pushed() throws IOException {
    Path record = Files.writeString(directory.resolve("record.json"), RECORD);
    assertThat(tare("outside", "update", "--from", record.toString()).status()).isZero();
    return tare("outside", "push", place("tare/feeds:today"));
  }

  @Test
  void whatIsPushedOutsideIsKeptInside() throws IOException {
    CommandLineRun push = pushed();
    assertThat(push.status()).as(push.err()).isZero();
    assertThat(push.out())
        .startsWith("1 feed pushed to " + place("tare/feeds:today") + ", sha256:");
    CommandLineRun pull = tare("inside", "pull", place("tare/feeds:today"));
    assertThat(pull.status()).as(pull.err()).isZero();
    assertThat(pull.out()).isEqualToIgnoringNewLines("osv:Go: 1 advisory");
    assertThat(tare("inside", "status").out()).isEqualTo(tare("outside", "status").out());
    // No path of the machine that pushed.
    assertThat(tare("inside", "status", "--format", "json").out())
        .contains(place("tare/feeds:today"))
        .doesNotContain("record.json");
  }

  @Test
  void sameFeedsAreTheSameArtifact() throws IOException {
    assertThat(pushed().out()).isEqualTo(tare("outside", "push", place("tare/feeds:today")).out());
  }

  @Test
  void tagWithoutACertificateIsRefusedAndADigestIsNot() throws IOException {
    String digest = pushed().out().replaceAll("(?s).*(sha256:[0-9a-f]{64}).*", "$1");
    CommandLineRun tag = tare("inside", "pull", place("tare/feeds:today"), "--plain-http");
    assertThat(tag.status()).isEqualTo(2);
    assertThat(tag.err()).contains("Name it by the digest that tare vulnerabilities push printed");
    CommandLineRun byDigest = tare("inside", "pull", place("tare/feeds@" + digest), "--plain-http");
    assertThat(byDigest.status()).as(byDigest.err()).isZero();
  }

  @Test
  void stateWithoutFeedsPushesNothing() {
    CommandLineRun push = tare("empty", "push", place("tare/feeds:today"));
    assertThat(push.status()).isEqualTo(2);
    assertThat(push.err()).contains("none are kept").contains("tare vulnerabilities update");
  }

  @Test
  void scanSetsTheArtifactApart() throws IOException {
    pushed();
    CommandLineRun scan =
        CommandLineRun.of(
            "scan",
            registry.host(),
            "--state",
            directory.resolve("inside").toString(),
            "-o",
            directory.resolve("out").toString());
    assertThat(scan.out()).contains("Skipped, not images: 1 (");
  }

  @Test
  void whatIsNoArtifactOfFeedsIsRefused() {
    CommandLineRun nowhere = tare("inside", "pull", "registry.example.com/tare/feeds");
    assertThat(nowhere.status()).isEqualTo(2);
    assertThat(nowhere.err()).contains("no name of an artifact").contains("oci://");
    CommandLineRun absent = tare("inside", "pull", place("tare/nothing:1"));
    assertThat(absent.status()).isEqualTo(4);
    assertThat(absent.err()).contains("404");
  }
}
