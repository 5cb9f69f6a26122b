package dev.tare.registry.wire;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** What failed answers and failed connections mean, and what to do about them. */
public final class Failures {
  private final RegistryHost host;

  public Failures(RegistryHost host) {
    this.host = host;
  }

  /** A status that is neither success nor a refusal (401, 403). */
  public TareException status(Request request, int status, ErrorDocument said) {
    String message = request.action() + ": " + said.describe(status);
    return switch (status) {
      case 404, 405, 410 ->
          new TareException(FailureKind.NOT_FOUND, message, request.notFoundHint());
      case 408, 429, 500, 502, 503, 504 -> new TareException(FailureKind.TRANSIENT, message);
      default ->
          speaksTlsOnly(status, said.message())
              ? new TareException(
                  FailureKind.ENVIRONMENT,
                  message,
                  "Drop --plain-http: " + host + " expects HTTPS.")
              : new TareException(FailureKind.BAD_CONTENT, message);
    };
  }

  /** Whether this answer to plain HTTP is that of Go's or nginx's TLS port. */
  public static boolean speaksTlsOnly(int status, String message) {
    return status == 400 && message.toLowerCase(Locale.ROOT).contains("https");
  }

  /** Refused credentials, or none where some are needed, for the registry as a whole. */
  public TareException refusedByRegistry(Request request, String cause, boolean withCredentials) {
    String login = "docker login " + host;
    return new TareException(
        FailureKind.ENVIRONMENT,
        request.action() + ": " + cause,
        withCredentials
            ? "The registry does not accept these credentials: run " + login + " again."
            : "The registry wants credentials: run "
                + login
                + ", or set TARE_REGISTRY_USERNAME and TARE_REGISTRY_PASSWORD.");
  }

  /** The registry lets these credentials in, but not list its repositories. */
  public TareException listingRefused(Request request, String cause) {
    return new TareException(
        FailureKind.ENVIRONMENT,
        request.action() + ": " + cause,
        "These credentials may not list repositories: run docker login "
            + host
            + " with an account that may, or name the repositories as targets.");
  }

  /** One repository is not for these credentials. */
  public TareException refusedByRepository(Request request, String cause, boolean withCredentials) {
    return new TareException(
        FailureKind.DENIED,
        request.action() + ": " + cause,
        withCredentials
            ? "These credentials may not pull from " + host + "/" + request.repository() + "."
            : "It may be private: run docker login " + host + ".");
  }

  /**
   * A connection that failed.
   *
   * @param secure whether TLS was spoken
   */
  public TareException connection(Request request, IOException cause, boolean secure) {
    String action = request.action() + ": ";
    if (cause instanceof UnknownHostException) {
      return environment(
          action + "unknown host " + said(cause), "Check the registry's name and the DNS.", cause);
    }
    if (cause instanceof ConnectTimeoutException) {
      return new TareException(
          FailureKind.TRANSIENT,
          action + "connect to " + host + ": timed out",
          "Check that " + host + " is reachable from here: proxy, firewall, port.",
          cause);
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      String why =
          cause instanceof NoRouteToHostException
              ? "no route to host"
              : lowerCase(cause.getMessage()).contains("refused")
                  ? "connection refused"
                  : said(cause);
      return environment(
          action + "connect to " + peer(cause) + ": " + why,
          "Check that the registry runs and that host and port are right.",
          cause);
    }
    if (cause instanceof SSLException tls) {
      return tls(action, tls);
    }
    if (cause instanceof NoHttpResponseException) {
      return new TareException(
          FailureKind.TRANSIENT,
          action + "the connection to " + host + " was closed without an answer",
          secure ? null : "If " + host + " speaks TLS, drop --plain-http.",
          cause);
    }
    return new TareException(FailureKind.TRANSIENT, action + said(cause), null, cause);
  }

  private TareException tls(String action, SSLException cause) {
    if (isCertificate(cause)) {
      return environment(
          action + "TLS certificate of " + host + " not accepted: " + said(cause),
          "Add its CA to a truststore and name it with -Djavax.net.ssl.trustStore in"
              + " JAVA_TOOL_OPTIONS, or use --insecure-skip-tls-verify.",
          cause);
    }
    if (lowerCase(cause.getMessage()).contains("unrecognized ssl message")) {
      return environment(
          action + host + " answered without TLS",
          "If it is meant to be plain HTTP, use --plain-http.",
          cause);
    }
    return environment(
        action + "TLS with " + host + " failed: " + said(cause),
        "Check that it speaks TLS on this port; if it is plain HTTP, use --plain-http.",
        cause);
  }

  private String peer(IOException cause) {
    return cause instanceof HttpHostConnectException connect
        ? connect.getHost().getHostName() + ":" + connect.getHost().getPort()
        : host.name();
  }

  /** Whether a certificate was not accepted. */
  public static boolean isCertificate(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing answers at this address. */
  public static boolean isUnreachable(IOException failure) {
    return failure instanceof UnknownHostException
        || failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof ConnectTimeoutException;
  }

  private static TareException environment(String message, String hint, IOException cause) {
    return new TareException(FailureKind.ENVIRONMENT, message, hint, cause);
  }

  private static String said(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String lowerCase(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
