package dev.tare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.testing.SilentServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.Test;

class ServerProbeTest {
  private static final Duration BOUND = Duration.ofMillis(500);

  private static HttpOptions options() {
    return HttpOptions.defaults().withTimeouts(BOUND, BOUND);
  }

  @Test
  void serverOfManyAddressesThatAnswerNothingIsWaitedForOnce() throws IOException {
    try (SilentServer silent = SilentServer.start()) {
      long began = System.nanoTime();

      assertThatThrownBy(
              () -> ServerProbe.connect("many", Collections.nCopies(8, silent.address()), BOUND))
          .isInstanceOf(ConnectTimeoutException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND.multipliedBy(4));
    }
  }

  @Test
  void oneAddressThatAnswersIsEnough() throws IOException {
    try (SilentServer silent = SilentServer.start();
        ServerSocket live = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      InetSocketAddress answers = new InetSocketAddress(live.getInetAddress(), live.getLocalPort());

      assertThatCode(() ->
              ServerProbe.connect(
                  "two", List.of(silent.address(), answers), Duration.ofSeconds(30)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void serverThatRefusesAndNameThatIsUnknownAreToldApart() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    assertThatThrownBy(
            () -> ServerProbe.require(URI.create("http://127.0.0.1:" + closed + "/"), options()))
        .isInstanceOf(ConnectException.class);
    assertThatThrownBy(
            () -> ServerProbe.require(URI.create("https://feeds.invalid/"), HttpOptions.defaults()))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("feeds.invalid");
  }

  @Test
  void addressThatNoConnectionIsMadeToCannotBeReached() {
    assertThatThrownBy(() -> ServerProbe.require(URI.create("http://255.255.255.255/"), options()))
        .isInstanceOfSatisfying(
            IOException.class,
            failure -> assertThat(NetworkFailure.isUnreachable(failure)).isTrue());
  }

  @Test
  void proxyThatAnswersNothingIsNamed() throws IOException {
    try (SilentServer silent = SilentServer.start()) {
      assertThatThrownBy(() ->
              ServerProbe.require(
                  URI.create("https://feeds.invalid/"),
                  options().withProxies(Proxies.of(Map.of("https_proxy", silent.url())))))
          .isInstanceOf(ProxyException.class)
          .hasMessage("connect to proxy %s: timed out", silent.url().substring("http://".length()));
    }
  }
}
