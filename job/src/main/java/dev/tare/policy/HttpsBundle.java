package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.Backoff;
import dev.tare.http.BasicHeader;
import dev.tare.http.FileAddress;
import dev.tare.http.HttpAnswer;
import dev.tare.http.HttpOptions;
import dev.tare.http.HttpTransport;
import dev.tare.http.NetworkFailure;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.Map;

/** Downloads a bundle, by certificates that are always verified. */
public final class HttpsBundle {
  private static final int MAX_BYTES = 64 << 20;

  private final HttpOptions options;
  private final StopSignal stop;

  /** Reaches servers as these options say, until the process is to end. */
  public HttpsBundle(HttpOptions options, StopSignal stop) {
    this.options = options.withTls(options.tls().withInsecureSkipVerify(false));
    this.stop = stop;
  }

  /**
   * The bytes behind this address, {@code https://} or, from this machine, {@code http://};
   * redirects are followed, but not from https to http. A user and password in it are sent to that
   * host as HTTP's basic authentication.
   */
  public byte[] fetch(String location) {
    String what = "download policy bundle " + FileAddress.shown(location);
    URI address = address(what, location);
    if (!FileAddress.isSafe(address)) {
      throw new TareException(
          FailureKind.USAGE,
          "open policy bundle "
              + FileAddress.shown(location)
              + ": policies are not loaded over http",
          "Serve it by https://, or download the file and name that.");
    }
    try (HttpTransport transport = new HttpTransport(options, stop)) {
      return new Backoff(options.retries(), stop::sleep, InstantSource.system())
          .retrying(stop, () -> fetch(transport, what, address));
    }
  }

  private static byte[] fetch(HttpTransport transport, String what, URI address) {
    String login = address.getUserInfo();
    String server = address.getRawAuthority().replaceFirst("^.*@", "");
    URI plain = URI.create(address.toString().replaceFirst("//[^/]*@", "//"));
    Map<String, String> headers =
        login == null ? Map.of() : Map.of("Authorization", BasicHeader.of(login));
    try (HttpAnswer answer = transport.follow(what, "GET", plain, headers)) {
      FileAddress.requireSafe(what, answer);
      if (answer.status() != 200) {
        throw new TareException(
            FailureKind.ENVIRONMENT,
            what + ": " + answer.status(),
            "Check the address; a user and password go before the host.");
      }
      byte[] content = answer.stream().readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new TareException(
            FailureKind.LIMIT, what + ": larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      return content;
    } catch (IOException e) {
      throw NetworkFailure.of(what, server, e);
    }
  }

  private static URI address(String what, String location) {
    try {
      URI address = new URI(location);
      if (address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Without the cause: it quotes the address, in which a password may be.
      throw noAddress(what);
    }
    throw noAddress(what);
  }

  private static TareException noAddress(String what) {
    return new TareException(
        FailureKind.USAGE,
        what + ": no address",
        "For example https://example.com/policies/acme.tar.gz.");
  }
}
