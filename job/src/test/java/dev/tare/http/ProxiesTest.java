package dev.tare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tare.error.TareException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static @Nullable String proxy(String address, String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    Proxies.Proxy proxy = Proxies.of(variables).of(URI.create(address));
    return proxy == null ? null : proxy.toString();
  }

  @Test
  void eachSchemeHasItsProxyInEitherCase() {
    assertThat(proxy("https://r.example", "HTTPS_PROXY", "http://p:3128")).isEqualTo("p:3128");
    assertThat(proxy("https://r.example", "https_proxy", "p:3128/")).isEqualTo("p:3128");
    assertThat(proxy("http://r.example", "http_proxy", "http://p")).isEqualTo("p:80");
    assertThat(proxy("http://r.example", "HTTPS_PROXY", "http://p:3128")).isNull();
    assertThat(proxy("https://r.example", "HTTPS_PROXY", "")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "r.example.com, true",
    "example.com, true",
    ".example.com, true",
    "*.example.com, true",
    "EXAMPLE.com, true",
    "ample.com, false",
    ".r.example.com, false",
    "r.example.com:5000, true",
    "r.example.com:443, false",
    "'a.test, example.com', true",
    "10.0.0.0/8, false"
  })
  void hostsOfNoProxyAreReachedDirectly(String noProxy, boolean direct) {
    for (String name : new String[] {"NO_PROXY", "no_proxy"}) {
      String found = proxy("https://r.example.com:5000", "HTTPS_PROXY", "p:1", name, noProxy);
      assertThat(found == null).isEqualTo(direct);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.0.0.0/8, true",
    "10.1.2.3, 10.1.2.0/23, true",
    "10.1.2.3, 10.1.4.0/23, false",
    "10.1.2.3, 10.0.0.0/99, false",
    "10.1.2.3, 10.1.2.3:443, true",
    "10.1.2.3, 10.1.2.3:80, false",
    "[2001:db8::1], 2001:db8::/32, true",
    "[2001:db8::1], 2001:db8:0:0::1, true",
    "[2001:db8::1], ::/0, true",
    "[2001:db8::1], 0.0.0.0/0, false"
  })
  void addressesAndNetworksOfNoProxyAreReachedDirectly(
      String host, String noProxy, boolean direct) {
    String found = proxy("https://" + host, "HTTPS_PROXY", "p:1", "NO_PROXY", noProxy);
    assertThat(found == null).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "x.localhost", "127.0.0.1", "127.1.2.3", "[::1]"})
  void loopbackIsReachedDirectly(String host) {
    assertThat(proxy("http://" + host + ":5000", "HTTP_PROXY", "p:1")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://ann:s3cret@p:1080",
        "http://ann:s3c ret@p:3128",
        "https://ann:s3cret@p",
        "http://ann:s3%zzcret@p",
        "://s3cret"
      })
  void whatIsNoProxyIsRefusedWithoutRepeatingIt(String value) {
    TareException e =
        catchThrowableOfType(
            TareException.class, () -> proxy("https://r.example", "HTTPS_PROXY", value));
    assertThat(e).hasMessage("proxy in HTTPS_PROXY: expected http://[user:password@]host[:port]");
    assertThat(e.getCause()).isNull();
  }
}
