package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import dev.tare.stop.StopSignal;
import dev.tare.stop.StoppedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that answers the first question with 200 and every other one as the test says. */
@Timeout(30)
class StoppedRequestsTest {
  private static final Descriptor BLOB =
      new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.sha256(new byte[0]), 1_000_000);

  private final StopSignal stop = new StopSignal();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CompletableFuture<Long> bodyBytes = new CompletableFuture<>();
  private ServerSocket server;
  private ImageSource source;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    source =
        RegistrySources.open(
            "localhost:" + server.getLocalPort(),
            RegistryOptions.defaults()
                .withHttp(HttpOptions.defaults().withRetries(4, Duration.ofSeconds(30))),
            CredentialSource.anonymous(),
            stop);
  }

  @AfterEach
  void close() throws IOException {
    source.close();
    server.close();
  }

  /** Answers pings, and any other request with this head; then sends zeros, or nothing. */
  private void answer(String head, boolean endless) {
    inBackground(() -> {
      while (true) {
        Socket client = server.accept();
        inBackground(() -> {
          talk(client, head, endless);
          return null;
        });
      }
    });
  }

  private static void inBackground(Callable<?> work) {
    Thread.ofPlatform().daemon().start(new FutureTask<>(work));
  }

  private void talk(Socket client, String head, boolean endless) {
    long sent = 0;
    try (client) {
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      while (request(in).contains(" /v2/ ")) {
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
      }
      asked.countDown();
      write(out, head);
      byte[] spaces = " ".repeat(64_000).getBytes(StandardCharsets.UTF_8);
      while (endless) {
        out.write(spaces);
        sent += spaces.length;
      }
      while (in.read() >= 0) {
        // Until the other side has had enough.
      }
    } catch (IOException e) {
      // It has.
    }
    bodyBytes.complete(sent);
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("hung up");
      }
      text.append((char) b);
    }
    return text.toString();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void assertStopped(ThrowingCallable call) {
    inBackground(() -> {
      asked.await();
      Thread.sleep(100);
      stop.raise();
      return null;
    });
    assertThatThrownBy(call).isInstanceOf(StoppedException.class);
    assertThatThrownBy(() -> source.tags("team/app")).isInstanceOf(StoppedException.class);
  }

  private Reference image() {
    return Reference.tagged(source.registry(), "team/app", "1.0");
  }

  @Test
  void answerThatDoesNotComeIsCutOff() {
    answer("", false);
    assertStopped(() -> source.manifest(image()));
    assertThat(bodyBytes).succeedsWithin(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1000000\r\n\r\nbegun",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nbegun\r\n",
        "\r\nbegun"
      })
  void bodyThatStopsIsCutOff(String rest) {
    answer("HTTP/1.1 200 OK\r\n" + rest, false);
    assertStopped(() -> {
      try (InputStream blob = source.blob("team/app", BLOB)) {
        blob.readAllBytes();
      }
    });
    assertThat(bodyBytes).succeedsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void partOfABlobThatStopsIsCutOffAndNotReadWholeInstead() {
    answer(
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-99/1000000\r\n"
            + "Content-Length: 100\r\n\r\nbegun",
        false);
    assertStopped(() -> {
      try (InputStream part = source.blobPart("team/app", BLOB, 0, 100).orElseThrow()) {
        part.readAllBytes();
      } catch (IOException e) {
        source.blob("team/app", BLOB); // As the reader of layers in parts goes on.
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"429 Too Many Requests\r\nRetry-After: 50", "503 Unavailable"})
  void waitBeforeAnotherRequestIsCutShort(String status) {
    answer("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n", false);
    assertStopped(() -> source.manifest(image()));
  }

  @Test
  void refusedBodyThatNeverEndsIsNotReadToItsEnd() throws Exception {
    answer(
        "HTTP/1.1 200 OK\r\nContent-Type: "
            + MediaTypes.OCI_MANIFEST
            + "\r\nContent-Length: 3000000000000\r\n\r\n",
        true);
    assertThatThrownBy(() -> source.manifest(image()))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.LIMIT));
    assertThat(bodyBytes.get(10, TimeUnit.SECONDS)).isLessThan(64L << 20);
  }

  @Test
  void restOfABlobThatNobodyReadsIsNotFetched() throws Exception {
    answer("HTTP/1.1 200 OK\r\nContent-Length: 3000000000000\r\n\r\n", true);
    try (InputStream blob = source.blob("team/app", BLOB)) {
      assertThat(blob.readNBytes(10)).hasSize(10);
    }
    assertThat(bodyBytes.get(10, TimeUnit.SECONDS)).isLessThan(64L << 20);
  }
}
