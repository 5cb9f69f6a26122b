package dev.tare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.WebhookException.Fate;
import dev.tare.stop.StopSignal;
import dev.tare.testing.WebhookReceiver;
import dev.tare.testing.WebhookReceiver.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
  private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

  private WebhookReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new WebhookReceiver(WebhookReceiver.SECRET);
  }

  @AfterEach
  void stop() {
    assertThat(receiver.violations()).isEmpty();
    receiver.close();
  }

  private Webhook webhook(String secrets) {
    return new Webhook(
        URI.create(receiver.address()),
        WebhookSecrets.parse(secrets),
        HttpOptions.defaults()
            .withRetries(3, Duration.ofMillis(1))
            .withTimeouts(Duration.ofSeconds(2), Duration.ofMillis(500)),
        new StopSignal());
  }

  private void send() {
    try (Webhook webhook = webhook(WebhookReceiver.SECRET)) {
      webhook.send("tell", "msg_1", BODY);
    }
  }

  /** Once, to what listens here. */
  private static void sendTo(ServerSocket server) {
    HttpOptions options =
        HttpOptions.defaults()
            .withRetries(0, Duration.ofMillis(1))
            .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(3));
    URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    try (Webhook webhook =
        new Webhook(address, WebhookSecrets.parse(OTHER), options, new StopSignal())) {
      webhook.send("tell", "msg_1", BODY);
    }
  }

  private WebhookException failure() {
    return catchThrowableOfType(WebhookException.class, this::send);
  }

  /** The vector that the libraries of Standard Webhooks are tested with; openssl agrees. */
  @Test
  void signatureIsThatOfStandardWebhooks() {
    assertThat(
            WebhookSecrets.parse(WebhookReceiver.SECRET)
                .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  /** Whoever knows one of both secrets takes the message. */
  @Test
  void secretThatTakesThePlaceOfAnotherSignsBesideIt() {
    try (Webhook webhook = webhook(OTHER + "\n" + WebhookReceiver.SECRET + "\n")) {
      webhook.send("tell", "msg_1", BODY);
    }

    assertThat(receiver.taken()).hasSize(1);
    assertThat(receiver.signatures())
        .singleElement()
        .asString()
        .matches("v1,[A-Za-z0-9+/]{43}= v1,[A-Za-z0-9+/]{43}=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t0p-s3cret",
        "whsec_",
        "whsec_AAAA",
        "whsec_!!!!",
        "whsk_MfKQ9r8GKYqrTwjUPD8I"
      })
  void wordThatIsNoSecretIsRefusedAndNotQuoted(String word) {
    assertThatThrownBy(() -> WebhookSecrets.parse(word))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
        .hasMessageNotContaining("s3cret")
        .hasMessageNotContaining("AAAA")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "hooks.example.com/tare,https",
    "http://hooks.example.com/tare,over http",
    "https://user:pw@hooks.example.com/,neither a user",
    "https://hooks.example.com/#x,neither a user",
    "https://hooks example/,position",
    "https://hooks.example.com:99999/,port",
    "https://hooks.example.com:0/,port"
  })
  void addressThatMayNotBeToldIsRefusedAndNotQuoted(String address, String why) {
    assertThatThrownBy(() -> Webhook.address(address, "the address", "Like this."))
        .isInstanceOf(TareException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("hooks")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({"500,true", "502,false", "503,true", "408,false", "0,true", "429,false"})
  void messageThatFailsInPassingIsSentAgainAsTheSame(int status, boolean taken) {
    receiver.fault(new Fault(status, Map.of(), taken));

    send();

    assertThat(receiver.taken()).containsExactly(new String(BODY, StandardCharsets.UTF_8));
    assertThat(receiver.ids()).containsExactly("msg_1", "msg_1");
  }

  @ParameterizedTest
  @CsvSource({
    "400,REFUSED",
    "401,REFUSED",
    "404,REFUSED",
    "307,REFUSED",
    "410,GONE",
    "429,LATER",
    "500,UNCERTAIN"
  })
  void whatBecameOfItIsTold(int status, Fate fate) {
    for (int attempt = 0; attempt < 5; attempt++) {
      receiver.fault(new Fault(status, Map.of("Location", "http://127.0.0.1:1/"), false));
    }

    WebhookException failure = failure();

    assertThat(failure.fate()).isEqualTo(fate);
    assertThat(receiver.ids()).hasSize(failure.retryHelps() ? 4 : 1);
    assertThat(receiver.taken()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"3600,3600", "2000000000,999999999", "99999999999999999999,999999999"})
  void waitThatIsTooLongIsToldAndNotMade(String asked, long seconds) {
    receiver.fault(new Fault(429, Map.of("Retry-After", asked), false));

    assertThat(failure().retryAfter()).contains(Duration.ofSeconds(seconds));
    assertThat(receiver.ids()).hasSize(1);
  }

  /** A later attempt that reaches nobody says nothing of the first. */
  @Test
  void messageThatMayHaveBeenTakenStaysSo() {
    receiver.fault(new Fault(502, Map.of(), true));
    receiver.fault(new Fault(429, Map.of("Retry-After", "3600"), false));

    assertThat(failure().fate()).isEqualTo(Fate.UNCERTAIN);
  }

  /** It would be sent with each run again, and hold what comes after it. */
  @Test
  void answerThatBreaksOffBehindItsStatusRefusesTheMessage() throws IOException {
    byte[] cut = "HTTP/1.1 400 \r\nContent-Length: 99\r\n\r\nno".getBytes(StandardCharsets.UTF_8);
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket client = server.accept()) {
              client.getOutputStream().write(cut);
              client.shutdownOutput();
              client.getInputStream().readAllBytes();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });

      assertThatThrownBy(() -> sendTo(server))
          .isInstanceOfSatisfying(
              WebhookException.class, e -> assertThat(e.fate()).isEqualTo(Fate.REFUSED));
    }
  }

  @Test
  @Timeout(30)
  void answerThatOnlyTricklesInIsGivenUp() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> trickle(server));

      assertThatThrownBy(() -> sendTo(server))
          .isInstanceOfSatisfying(
              WebhookException.class, e -> assertThat(e.fate()).isEqualTo(Fate.UNCERTAIN))
          .hasMessage("tell: no answer within 4 s");
    }
  }

  private static void trickle(ServerSocket server) {
    try (Socket client = server.accept()) {
      while (true) {
        client.getOutputStream().write("HTTP/1.1 100 \r\n\r\n".getBytes(StandardCharsets.UTF_8));
        Thread.sleep(100);
      }
    } catch (IOException e) {
      // It was given up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void receiverThatIsNotThereWasToldNothing() {
    receiver.close();

    assertThat(failure().fate()).isEqualTo(Fate.UNREACHED);
  }
}
