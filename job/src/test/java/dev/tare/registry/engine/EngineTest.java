package dev.tare.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import dev.tare.stop.StopSignal;
import dev.tare.stop.StoppedException;
import dev.tare.testing.FakeEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class EngineTest {
  private static final Digest ID = Digest.sha256(new byte[] {1});
  private static final String EXPORT = "/images/" + ID + "/get";
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  @TempDir Path directory;

  private final StopSignal stop = new StopSignal();
  private FakeEngine fake;
  private Engine engine;

  @BeforeEach
  void start() {
    fake = FakeEngine.in(directory);
    engine = engine(fake.environment(), Duration.ofSeconds(20));
  }

  @AfterEach
  void end() {
    fake.close();
  }

  private Engine engine(Map<String, String> environment, Duration patience) {
    return new Engine(EngineKind.DOCKER, environment, patience, stop);
  }

  @Test
  void imagesHaveTheIdsAndNamesThatTheEngineLists() {
    fake.lists(
        """
        [{"Id":"%1$s","RepoTags":["alpine:3.20","localhost:5000/a:1"],"Size":1,"New":{}},
         {"Id":"%2$s","RepoTags":null},
         {"Id":"%2$s","RepoTags":["<none>:<none>"]},
         {"Id":"sha256:%2$s"}]
        """
            .formatted(ID, "ab".repeat(32)));

    assertThat(engine.images())
        .extracting(EngineImage::names)
        .containsExactly(
            List.of("alpine:3.20", "localhost:5000/a:1"), List.of(), List.of(), List.of());
    assertThat(engine.images())
        .extracting(image -> image.id().hex())
        .containsExactly(ID.hex(), "ab".repeat(32), "ab".repeat(32), "ab".repeat(32));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 11\r\n\r\nhello world",
        "transfer-encoding: Chunked\r\n\r\n5\r\nhello\r\n6;x\r\n world\r\n0\r\nT: 1\r\n\r\n",
        "\r\nhello world"
      })
  void archiveIsReadWhateverFramesIt(String answer) throws IOException {
    raw(EXPORT, OK + answer);

    try (InputStream in = engine.export(ID)) {
      assertThat(in.read()).isEqualTo('h');
      in.skipNBytes(4);
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(" world");
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 11\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n"
      })
  void archiveThatIsCutOffIsNoShortArchive(String answer) throws IOException {
    raw(EXPORT, OK + answer);

    try (InputStream in = engine.export(ID)) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOfSatisfying(
              TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT))
          .hasMessageStartingWith("export image " + ID + " from Docker: ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SSH-2.0-OpenSSH\\r\\n                                   | it does not answer by HTTP
          HTTP/1.1 200 OK\\r\\n\\r\\n<html>                       | the answer is not JSON
          HTTP/1.1 200 OK\\r\\n\\r\\n{}                           | the answer is no list of images
          HTTP/1.1 200 OK\\r\\n\\r\\n[{"Id":"x"}]                 | an image has the ID "x"
          HTTP/1.1 404 Not Found\\r\\n\\r\\n{"message":"page"}    | HTTP 404: page
          HTTP/1.1 301 Moved\\r\\nLocation: /x\\r\\n\\r\\n        | HTTP 301
          HTTP/1.1 200 OK\\r\\nContent-Length: -1\\r\\n\\r\\n     | it answers with content length -1
          HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n| it answers with transfer encoding gzip
          HTTP/1.1 200                                            | the connection ended before the answer did
          """)
  void whatIsNoEngineIsSaidWithWhatToDo(String answer, String why) {
    raw("/images/json", answer.replace("\\r", "\r").replace("\\n", "\n"));

    assertThatThrownBy(engine::images)
        .isInstanceOfSatisfying(
            TareException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
              assertThat(e.hint()).isNotBlank();
            })
        .hasMessageStartingWith("list images of Docker at unix://" + directory)
        .hasMessageContaining(why);
  }

  /** As one behind a proxy that lets only some questions through. */
  @Test
  void engineThatRefusesIsNotSaidToBeNone() {
    fake.answers(
        "/images/json", FakeEngine.whole("403 Forbidden", "{\"message\":\"not for you\"}"));

    assertThatThrownBy(engine::images)
        .isInstanceOfSatisfying(
            TareException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
              assertThat(e.hint()).contains("docker images");
            })
        .hasMessage(
            "list images of Docker at %s: HTTP 403: not for you"
                .formatted(fake.environment().get("DOCKER_HOST")));
  }

  @Test
  void registryWhoseHostIsCalledPodmanIsNoEngine() {
    assertThat(EngineKind.ofRegistry("podman:")).contains(EngineKind.PODMAN);
    assertThat(EngineKind.ofRegistry("podman:5000")).isEmpty();
    assertThat(EngineKind.of("podman:5000")).contains(EngineKind.PODMAN);
  }

  @Test
  void headersWithoutEndAreGivenUp() {
    fake.answers(
        "/images/json",
        out -> {
          out.write(OK.getBytes(StandardCharsets.US_ASCII));
          while (true) {
            out.write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
          }
        });

    assertThatThrownBy(engine::images).hasMessageContaining("more than 200 headers");
  }

  @Test
  void trailersWithoutEndAreGivenUp() throws IOException {
    fake.answers(
        EXPORT,
        out -> {
          out.write(
              (OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n").getBytes(StandardCharsets.US_ASCII));
          while (true) {
            out.write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
          }
        });

    try (InputStream in = engine.export(ID)) {
      assertThatThrownBy(in::readAllBytes).hasMessageContaining("more than 200 headers");
    }
  }

  @Test
  void lineWithoutEndIsGivenUp() {
    fake.answers(
        "/images/json",
        out -> {
          while (true) {
            out.write("HTTP".getBytes(StandardCharsets.US_ASCII));
          }
        });

    assertThatThrownBy(engine::images).hasMessageContaining("a line of more than 8192 bytes");
  }

  @Test
  void socketThatIsNotThereIsSaid() {
    Engine none = engine(Map.of("DOCKER_HOST", "unix:///tare/none.sock"), Duration.ofSeconds(1));

    assertThatThrownBy(none::images)
        .isInstanceOfSatisfying(
            TareException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
              assertThat(e.hint()).contains("Start the engine", "DOCKER_HOST");
            })
        .hasMessageContaining("unix:///tare/none.sock: No such file");
  }

  @Test
  void everyUsualSocketThatIsMissingIsNamed() {
    Engine none =
        new Engine(
            EngineKind.PODMAN,
            Map.of("XDG_RUNTIME_DIR", directory.toString()),
            Duration.ofSeconds(1),
            stop);

    assertThatThrownBy(none::images)
        .isInstanceOfSatisfying(
            TareException.class,
            e -> assertThat(e.hint()).contains("systemctl", "podman.socket", "CONTAINER_HOST"))
        .hasMessage(
            "list images of Podman: it has no socket at "
                + directory.resolve("podman/podman.sock")
                + " or at /run/podman/podman.sock");
  }

  @Test
  void usualSocketIsFoundWithoutBeingNamed() throws IOException {
    Path runtime = Files.createDirectories(directory.resolve("run/podman"));
    Files.createSymbolicLink(
        runtime.resolve("podman.sock"), Path.of(directory.resolve("engine.sock").toString()));
    Engine found =
        new Engine(
            EngineKind.PODMAN,
            Map.of("XDG_RUNTIME_DIR", directory.resolve("run").toString()),
            Duration.ofSeconds(1),
            stop);

    assertThat(found.images()).isEmpty();
  }

  @Test
  void socketThatNobodyListensAtIsSaid() throws IOException {
    Path stale = directory.resolve("stale.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(stale));
    }

    assertThatThrownBy(
            engine(Map.of("DOCKER_HOST", "unix://" + stale), Duration.ofSeconds(1))::images)
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.hint()).contains("Start the engine"))
        .hasMessageContaining("Connection refused");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://10.1.2.3:2375, a port of this machine",
    "tcp://engine.example.com:2375, a port of this machine",
    "ssh://build@host, unix:///PATH",
    "npipe:////./pipe/docker_engine, unix:///PATH",
    "unix://, Expected authority",
    "http://localhost:2375, unix:///PATH",
    "tcp://local host, Illegal character"
  })
  void engineElsewhereIsRefusedWithAnotherWay(String host, String why) {
    assertThatThrownBy(engine(Map.of("DOCKER_HOST", host), Duration.ofSeconds(1))::images)
        .isInstanceOfSatisfying(
            TareException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
              assertThat(e.hint()).contains("docker save", "docker-archive:");
            })
        .hasMessageStartingWith("DOCKER_HOST \"" + host + "\": ")
        .hasMessageContaining(why);
  }

  @Test
  void portOfThisMachineIsAskedWithoutTlsOnly() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String host = "tcp://localhost:" + server.getLocalPort();
      CompletableFuture<List<EngineImage>> images =
          CompletableFuture.supplyAsync(
              () -> engine(Map.of("DOCKER_HOST", host), Duration.ofSeconds(10)).images());
      try (Socket connection = server.accept()) {
        connection
            .getOutputStream()
            .write((OK + "Content-Length: 2\r\n\r\n[]").getBytes(StandardCharsets.US_ASCII));
        assertThat(images.get(10, TimeUnit.SECONDS)).isEmpty();
      }
      assertThatThrownBy(
              engine(Map.of("DOCKER_HOST", host, "DOCKER_TLS_VERIFY", "1"), Duration.ofSeconds(1))
                  ::images)
          .hasMessageContaining("Tare speaks no TLS with an engine");
    }
  }

  @Test
  void connectionThatFailsGivesNothingAfterwards() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Engine there =
          engine(
              Map.of("DOCKER_HOST", "tcp://localhost:" + server.getLocalPort()),
              Duration.ofSeconds(10));
      CompletableFuture<InputStream> export = CompletableFuture.supplyAsync(() -> there.export(ID));
      InputStream in;
      try (Socket connection = server.accept()) {
        connection.getOutputStream().write((OK + "\r\nhello").getBytes(StandardCharsets.US_ASCII));
        in = export.get(10, TimeUnit.SECONDS);
        in.skipNBytes(5);
        connection.setSoLinger(true, 0); // Closing it resets it.
      }
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(in::read)
            .isInstanceOfSatisfying(
                TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));
      }
      in.close();
    }
  }

  @Test
  void imageThatIsNotThereAnyMoreIsNotFound() {
    assertThatThrownBy(() -> engine.export(ID))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND))
        .hasMessageContaining("HTTP 404: no such image: x");
  }

  @Test
  void engineThatSendsNothingIsGivenUp() {
    fake.answers("/images/json", out -> pause());

    assertThatThrownBy(engine(fake.environment(), Duration.ofMillis(300))::images)
        .hasMessageContaining("nothing came for 0 s");
  }

  @Test
  void stopEndsWhatTheEngineDoesNotSend() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    fake.answers(
        EXPORT,
        out -> {
          out.write((OK + "\r\nhello").getBytes(StandardCharsets.US_ASCII));
          asked.countDown();
          pause();
        });
    CompletableFuture<byte[]> reading =
        CompletableFuture.supplyAsync(() -> {
          try (InputStream in = engine.export(ID)) {
            return in.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    asked.await();
    Thread.sleep(50);

    stop.raise();

    assertThatThrownBy(() -> reading.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StoppedException.class);
    assertThatThrownBy(engine::images).isInstanceOf(StoppedException.class);
  }

  private static void pause() {
    try {
      Thread.sleep(20_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void raw(String path, String answer) {
    fake.answers(path, out -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));
  }
}
