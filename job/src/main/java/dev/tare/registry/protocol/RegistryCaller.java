package dev.tare.registry.protocol;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.Backoff;
import dev.tare.http.HttpAnswer;
import dev.tare.http.HttpTransport;
import dev.tare.http.NetworkFailure;
import dev.tare.registry.auth.Authenticator;
import dev.tare.registry.auth.Challenge;
import dev.tare.registry.auth.TokenServer;
import dev.tare.registry.wire.ErrorDocument;
import dev.tare.registry.wire.Failures;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.Request;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a registry's endpoints: authenticates, follows redirects, sends again what failed in
 * passing, and says what a failure means. Safe for concurrent use.
 */
public final class RegistryCaller implements AutoCloseable {
  /** Reads a successful answer. */
  @FunctionalInterface
  private interface Handler<T> {
    T handle(HttpAnswer response) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(RegistryCaller.class);

  private final RegistryHost host;
  private final HttpTransport transport;
  private final Authenticator authenticator;
  private final Origin origin;
  private final Failures failures;
  private final Backoff backoff;
  private final StopSignal stop;

  public RegistryCaller(
      RegistryHost host,
      HttpTransport transport,
      Authenticator authenticator,
      Origin origin,
      Failures failures,
      Backoff backoff,
      StopSignal stop) {
    this.host = host;
    this.transport = transport;
    this.authenticator = authenticator;
    this.origin = origin;
    this.failures = failures;
    this.backoff = backoff;
    this.stop = stop;
  }

  /** Calls an endpoint and reads its answer. */
  <T> T call(Endpoint<T> endpoint) {
    return retrying(
        endpoint,
        response -> {
          try (response) {
            return endpoint.handle(response);
          }
        });
  }

  /** Sends a request and leaves its successful answer to be read and closed. */
  HttpAnswer open(Request request) {
    return retrying(request, response -> response);
  }

  /**
   * Waits before retry {@code retry} of something that failed after it was opened; throws {@code
   * failure} where it has been opened often enough.
   */
  void pause(int retry, TareException failure) {
    stop.check();
    if (retry >= backoff.retries()) {
      throw failure;
    }
    backoff.pause(retry, null, failure);
  }

  private <T> T retrying(Request request, Handler<T> handler) {
    for (int retry = 0; ; retry++) {
      TareException failure;
      String retryAfter = null;
      boolean wasFound = origin.isFound();
      try {
        HttpAnswer response = authenticated(request);
        if (response.isSuccess()) {
          return handler.handle(response);
        }
        try (response) {
          failure = unsuccessful(request, response);
          retryAfter = response.header("Retry-After");
        }
      } catch (IOException e) {
        failure = failures.connection(request, e, isSecure());
        // A registry that was there a moment ago may be restarting; one that never was is not.
        if (wasFound && NetworkFailure.isUnreachable(e)) {
          failure =
              new TareException(
                  FailureKind.TRANSIENT,
                  String.valueOf(failure.getMessage()),
                  failure.hint(),
                  failure);
        }
      } catch (TareException e) {
        failure = e;
      }
      stop.check();
      if (!failure.retryHelps() || retry >= backoff.retries()) {
        throw failure;
      }
      LOG.atDebug()
          .addKeyValue("registry", host)
          .addKeyValue("retry", retry + 1)
          .addKeyValue("cause", failure.getMessage())
          .log("Registry request is sent again");
      backoff.pause(retry, retryAfter, failure);
    }
  }

  private HttpAnswer authenticated(Request request) throws IOException {
    URI base = origin.base(request);
    boolean secure = isSecure();
    try {
      String authorization = authenticator.authorization(request, secure);
      HttpAnswer response = send(request, base, authorization);
      if (response.status() != 401 || !HttpTransport.isSameOrigin(base, response.uri())) {
        return response; // Whom a registry sends on to may not ask who we are.
      }
      Challenge challenge = Challenge.of(response);
      if (challenge == null) {
        return response;
      }
      String renewed;
      try {
        renewed = authenticator.renewed(challenge, request, authorization, secure);
      } catch (IOException | TokenServer.Refused | RuntimeException e) {
        response.close();
        throw e;
      }
      if (renewed == null) {
        return response;
      }
      response.close();
      return send(request, base, renewed);
    } catch (TokenServer.Refused e) {
      throw refused(request, message(e));
    }
  }

  private HttpAnswer send(Request request, URI base, @Nullable String authorization)
      throws IOException {
    Map<String, String> headers = new HashMap<>(request.headers());
    if (!request.accept().isEmpty()) {
      headers.put("Accept", String.join(", ", request.accept()));
    }
    Request.Body body = request.body();
    if (body == null) {
      if (authorization != null) {
        headers.put("Authorization", authorization);
      }
      return transport.follow(
          request.action(), request.method(), base.resolve(request.target()), headers);
    }
    URI target = target(request, base);
    if (authorization != null && HttpTransport.isSameOrigin(base, target)) {
      headers.put("Authorization", authorization);
    }
    return transport.send(request.method(), target, headers, body.type(), body.content());
  }

  /** Where a registry wants to have something sent, which may be another server. */
  private URI target(Request request, URI base) {
    URI target;
    try {
      target = base.resolve(new URI(request.target()));
    } catch (URISyntaxException e) {
      // Not as a cause: its message repeats the address, in which storages sign.
      throw new TareException(
          FailureKind.BAD_CONTENT, request.action() + ": the registry names no address to send to");
    }
    String refusal =
        target.getHost() == null
                || target.getUserInfo() != null
                || !List.of("http", "https").contains(target.getScheme())
            ? "that is none"
            : transport.refusal(base, target);
    if (refusal != null) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          request.action() + ": the registry may not have it sent to an address " + refusal,
          "Nothing was sent there: ask the operator of " + host + ".");
    }
    return target;
  }

  private TareException unsuccessful(Request request, HttpAnswer response) throws IOException {
    ErrorDocument said = ErrorDocument.read(response, authenticator.secrets());
    int status = response.status();
    return status == 401 || status == 403
        ? refused(request, said.describe(status))
        : failures.status(request, status, said);
  }

  /**
   * Whether the registry refuses these credentials altogether, or only for this. Where repositories
   * have logins of their own, one that is refused is no word on the others.
   */
  private TareException refused(Request request, String cause) {
    boolean withCredentials = authenticator.hasCredential(request);
    boolean parted = authenticator.partsRepositories();
    if (!letsIn(new Ping(host, parted ? request.login() : null))) {
      return parted && request.repository() != null
          ? failures.loginRefused(request, cause, withCredentials)
          : failures.refusedByRegistry(request, cause, withCredentials);
    }
    return request.repository() == null
        ? failures.listingRefused(request, cause)
        : failures.refusedByRepository(request, cause, withCredentials);
  }

  private boolean letsIn(Ping ping) {
    try {
      String authorization = authenticator.authorization(ping, isSecure());
      try (HttpAnswer response = send(ping, origin.base(ping), authorization)) {
        return response.status() != 401 && response.status() != 403;
      }
    } catch (TokenServer.Refused e) {
      return false;
    } catch (IOException e) {
      throw failures.connection(ping, e, isSecure());
    }
  }

  private boolean isSecure() {
    return origin.isSecure();
  }

  private static String message(TokenServer.Refused refused) {
    String message = refused.getMessage();
    return message == null ? "refused" : message;
  }

  @Override
  public void close() {
    transport.close();
  }
}
