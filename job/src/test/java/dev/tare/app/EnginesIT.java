package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.FakeEngine;
import dev.tare.testing.LayerTar;
import dev.tare.testing.SavedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands about the images of a container engine, which here is one of the test. */
class EnginesIT {
  private static final LayerTar.Blob BASE = layer("base", 300_000);
  private static final LayerTar.Blob APP = layer("app", 200_000);
  private static final LayerTar.Blob MORE = layer("more", 100_000);

  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void start() {
    engine = FakeEngine.in(directory);
  }

  @AfterEach
  void end() {
    engine.close();
  }

  private static LayerTar.Blob layer(String name, int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return LayerTar.of().file("srv/" + name, content).file("etc/" + name, name).tar();
  }

  private void has(SavedImage... images) {
    List<String> listed = new ArrayList<>();
    for (SavedImage image : images) {
      engine.exports(
          image.id().toString(), image.write(directory.resolve(image.id().hex()), "null"));
      listed.add("{\"Id\":\"%s\",\"RepoTags\":[\"%s\"]}".formatted(image.id(), image.name()));
    }
    engine.lists("[" + String.join(",", listed) + "]");
  }

  private TareProcess start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(arguments));
    Collections.addAll(command, "--state", directory.resolve("state").toString());
    return TareProcess.start(directory, arguments[0], engine.environment(), command);
  }

  /** By one reader: a second one may come too late for a layer that the stream has passed. */
  private JsonNode scan() throws Exception {
    CommandLineRun run =
        start(
                "scan",
                "docker-daemon:",
                "--parallelism",
                "1",
                "--fail-on",
                "never",
                "-o",
                "out",
                "--format",
                "json")
            .end();
    assertThat(run.status()).as(run.err()).isZero();
    return WrittenReport.in(directory.resolve("out")).images();
  }

  @Test
  void whatDidNotChangeIsNotExportedAgain() throws Exception {
    SavedImage web = new SavedImage("localhost:5000/acme/web:1", List.of(BASE, APP));
    has(web);

    JsonNode first = scan();

    assertThat(first).hasSize(1);
    assertThat(first.get(0).path("reference").stringValue())
        .startsWith("docker-daemon:/localhost-5000/acme/web:1");
    assertThat(first.get(0).path("facts").path("size").path("files").intValue()).isEqualTo(4);
    String export = "/images/" + web.id() + "/get";
    assertThat(engine.asked()).containsExactly("/images/json", export, export);

    assertThat(scan()).hasSize(1);
    assertThat(engine.asked()).hasSize(4).last().isEqualTo("/images/json");

    SavedImage next = new SavedImage("localhost:5000/acme/web:2", List.of(BASE, APP, MORE));
    has(web, next);
    assertThat(scan()).hasSize(2);
    assertThat(engine.asked().subList(4, engine.asked().size()))
        .containsExactly(
            "/images/json", "/images/" + next.id() + "/get", "/images/" + next.id() + "/get");
    assertThat(
            WrittenReport.in(directory.resolve("out")).summary().path("layersFetched").intValue())
        .isEqualTo(1);
  }

  @Test
  void imagesAreComparedByTagAndById() throws Exception {
    SavedImage before = new SavedImage("web:1", List.of(BASE, APP));
    SavedImage after = new SavedImage("other:latest", List.of(BASE, MORE));
    has(before, after);
    String id = "docker-daemon:" + after.id().hex().substring(0, 12);

    CommandLineRun run = start("diff", "docker-daemon:web:1", id, "--format", "json").end();

    assertThat(run.status()).as(run.err()).isZero();
    JsonNode changes = JsonMapper.shared().readTree(run.out()).get(0).path("files").path("changes");
    assertThat(changes.path("added").path("entries").intValue()).isEqualTo(2);
    assertThat(changes.path("deleted").path("entries").intValue()).isEqualTo(2);
  }

  @Test
  void scanEndsWhenItIsAskedToWhileTheEngineSendsNothing() throws Exception {
    SavedImage web = new SavedImage("web:1", List.of(BASE, APP));
    has(web);
    CountDownLatch stalls = new CountDownLatch(1);
    engine.answers(
        "/images/" + web.id() + "/get",
        out -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          stalls.countDown();
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    TareProcess scan = start("scan", "docker-daemon:", "-o", "out");
    stalls.await();

    CommandLineRun stopped = scan.stop("TERM");

    assertThat(stopped.status()).as(stopped.err()).isEqualTo(130);
    assertThat(stopped.err()).contains("was interrupted; the same command resumes it");
    has(web);
    assertThat(scan()).hasSize(1);
  }

  @Test
  void engineThatIsNotThereEndsWithOneLineThatSaysWhatToDo() throws Exception {
    engine.close();

    CommandLineRun run = start("scan", "docker-daemon:", "-o", "out", "--no-progress").end();

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err().lines())
        .hasSize(2)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("tare: list images of Docker at unix://")
                    .endsWith("No such file or directory"),
            line -> assertThat(line).contains("Start the engine, or set DOCKER_HOST"));
  }
}
