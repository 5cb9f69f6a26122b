package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Downloads a bundle. */
final class HttpsBundle {
  private static final int MAX_BYTES = 64 << 20;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private HttpsBundle() {}

  /** The bytes behind this address; redirects are followed, but not from https to http. */
  static byte[] fetch(String location) {
    try {
      return fetch(location, SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has a default TLS context", e);
    }
  }

  /** The same, by the certificates that this context trusts. */
  static byte[] fetch(String location, SSLContext trusted) {
    String what = "download policy bundle " + shown(location);
    try (HttpClient client =
        HttpClient.newBuilder()
            .sslContext(trusted)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(location)).timeout(ANSWER).GET().build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new TareException(
              FailureKind.ENVIRONMENT,
              what + ": " + response.statusCode(),
              "Check the address, and that it needs no login.");
        }
        byte[] content = body.readNBytes(MAX_BYTES + 1);
        if (content.length > MAX_BYTES) {
          throw new TareException(
              FailureKind.LIMIT, what + ": larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        return content;
      }
    } catch (IllegalArgumentException e) {
      // Without the cause: it quotes the address, in which a password may be.
      throw new TareException(
          FailureKind.USAGE,
          what + ": no address",
          "For example https://example.com/policies/acme.tar.gz.");
    } catch (IOException e) {
      String said = e.getMessage() == null ? "" : ": " + e.getMessage();
      throw new TareException(
          FailureKind.ENVIRONMENT,
          what
              + ": "
              + (e instanceof ConnectException
                  ? "no connection" + said
                  : e.getClass().getSimpleName() + said),
          "Check the address, or download the file and name that.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TareException(FailureKind.ENVIRONMENT, what + ": interrupted", null, e);
    }
  }

  static boolean isLoopback(String location) {
    String host = URI.create(location).getHost();
    return "localhost".equals(host) || "127.0.0.1".equals(host) || "[::1]".equals(host);
  }

  /** Without user and query, which may hold a credential. */
  static String shown(String location) {
    return location.replaceFirst("//[^/@]*@", "//").replaceFirst("[?#].*$", "");
  }
}
