package dev.tare.registry.protocol;

import dev.tare.error.TareException;
import dev.tare.http.HttpAnswer;
import dev.tare.http.HttpTransport;
import dev.tare.http.NetworkFailure;
import dev.tare.registry.PlainHttp;
import dev.tare.registry.auth.Authenticator;
import dev.tare.registry.auth.Challenge;
import dev.tare.registry.wire.ErrorDocument;
import dev.tare.registry.wire.Failures;
import dev.tare.registry.wire.KnownSecrets;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.Request;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry's API is: finds out once, with the first request, whether it speaks TLS and how
 * it wants to be told who asks. Safe for concurrent use.
 */
public final class Origin {
  private final RegistryHost host;
  private final PlainHttp plainHttp;
  private final HttpTransport transport;
  private final Authenticator authenticator;
  private final Failures failures;

  private volatile @Nullable URI found;

  public Origin(
      RegistryHost host,
      PlainHttp plainHttp,
      HttpTransport transport,
      Authenticator authenticator,
      Failures failures) {
    this.host = host;
    this.plainHttp = plainHttp;
    this.transport = transport;
    this.authenticator = authenticator;
    this.failures = failures;
  }

  /** Whether the registry has answered yet. */
  boolean isFound() {
    return found != null;
  }

  /** Whether the registry answered over TLS. */
  boolean isSecure() {
    URI known = found;
    return known != null && known.getScheme().equals("https");
  }

  /** Scheme, host and port; throws a TareException where nothing there speaks the protocol. */
  URI base(Request request) {
    URI known = found;
    return known == null ? find(request) : known;
  }

  private synchronized URI find(Request request) {
    URI known = found;
    if (known != null) {
      return known;
    }
    TareException first = null;
    boolean wantsTls = false;
    for (String scheme : schemes()) {
      URI base = host.uri(scheme);
      try (HttpAnswer response =
          transport.send("GET", base.resolve("/v2/"), Map.of("Accept", "application/json"))) {
        ErrorDocument said = ErrorDocument.read(response, new KnownSecrets(null));
        if (Failures.speaksTlsOnly(response.status(), said.message())) {
          first = failures.status(request, response.status(), said);
          wantsTls = true;
          continue;
        }
        authenticator.learn(response.status() == 401 ? Challenge.of(response) : null);
        found = base;
        return base;
      } catch (IOException e) {
        TareException failure = failures.connection(request, e, scheme.equals("https"));
        // Over plain HTTP first: what answered in another way may speak TLS. What says nothing
        // at all over TLS either is reported as it was met first, a certificate as it is.
        if (first == null || wantsTls || NetworkFailure.isCertificate(e)) {
          first = failure;
        }
        if (NetworkFailure.isUnreachable(e)) {
          throw failure;
        }
      }
    }
    if (first == null) {
      throw new IllegalStateException("no scheme tried for " + host);
    }
    throw first;
  }

  private List<String> schemes() {
    return switch (plainHttp) {
      case ALWAYS -> List.of("http");
      case NEVER -> List.of("https");
      case AUTO -> host.isLoopback() ? List.of("http", "https") : List.of("https");
    };
  }
}
