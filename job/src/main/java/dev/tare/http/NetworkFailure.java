package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** What a connection that failed means, and what to do about it. */
public final class NetworkFailure {
  /** What to do where a certificate is not accepted. */
  public static final String TRUST = "Name the file of its CA with --ca-file (PEM).";

  private static final String CERTIFICATE_WANTED =
      "If it wants a certificate of a CA that it knows: --client-cert and --client-key.";

  private NetworkFailure() {}

  /**
   * The failure in words: ENVIRONMENT where somebody must do something, TRANSIENT where trying
   * again may help.
   *
   * @param action the beginning of the message
   * @param host whom it was about, {@code host[:port]}
   */
  public static TareException of(String action, String host, IOException cause) {
    return switch (cause) {
      case ProxyException proxy ->
          environment(
              action + ": " + said(proxy),
              proxy.wantsLogin()
                  ? "Write user and password before the proxy's host:"
                      + " http://USER:PASSWORD@HOST:PORT."
                  : "Check HTTPS_PROXY and HTTP_PROXY, or name the host in NO_PROXY.",
              proxy);
      case UnknownHostException unknown ->
          environment(
              action + ": unknown host " + said(unknown), "Check the name and the DNS.", unknown);
      case ConnectTimeoutException late ->
          new TareException(
              FailureKind.TRANSIENT,
              action + ": connect to " + host + ": timed out",
              "Check that " + host + " is reachable from here: proxy, firewall, port.",
              late);
      case ConnectException refused -> unreachable(action, host, refused);
      case NoRouteToHostException unreachable -> unreachable(action, host, unreachable);
      case SSLException tls -> tls(action, host, tls);
      case SocketException lost ->
          new TareException(
              FailureKind.TRANSIENT,
              action + ": the connection to " + host + " was lost: " + said(lost),
              null,
              lost);
      case NoHttpResponseException silent ->
          new TareException(
              FailureKind.TRANSIENT,
              action + ": the connection to " + host + " was closed without an answer",
              null,
              silent);
      default -> new TareException(FailureKind.TRANSIENT, action + ": " + said(cause), null, cause);
    };
  }

  private static TareException unreachable(String action, String host, IOException cause) {
    String peer =
        cause instanceof HttpHostConnectException connect
            ? connect.getHost().getHostName() + ":" + connect.getHost().getPort()
            : host;
    return environment(
        action + ": connect to " + peer + ": " + whyUnreachable(cause),
        "Check that it runs and that host and port are right.",
        cause);
  }

  private static TareException tls(String action, String host, SSLException cause) {
    if (isCertificate(cause)) {
      return environment(
          action + ": TLS certificate of " + host + " not accepted: " + said(cause), TRUST, cause);
    }
    if (isOurCertificate(cause)) {
      return environment(
          action + ": " + host + " does not accept our certificate: " + said(cause),
          CERTIFICATE_WANTED,
          cause);
    }
    if (isLoss(cause)) {
      return new TareException(
          FailureKind.TRANSIENT,
          action + ": the connection to " + host + " was lost: " + said(cause),
          CERTIFICATE_WANTED,
          cause);
    }
    return environment(
        action
            + ": "
            + (lowerCase(cause.getMessage()).contains("unrecognized ssl message")
                ? host + " answered without TLS"
                : "TLS with " + host + " failed: " + said(cause)),
        "Check that it speaks TLS on this port.",
        cause);
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

  /** {@code Received fatal alert: certificate_required}. */
  private static boolean isOurCertificate(IOException failure) {
    String message = lowerCase(failure.getMessage());
    return message.contains("fatal alert") && message.contains("certificate");
  }

  /** Whether TLS was spoken until the connection broke. */
  private static boolean isLoss(IOException failure) {
    return !(failure instanceof SSLHandshakeException)
        && (failure.getCause() instanceof SocketException
            || failure.getCause() instanceof EOFException);
  }

  /**
   * Whether there was no talking TLS at all: no certificate is to blame, and no lost connection.
   */
  public static boolean isNoTls(IOException failure) {
    return failure instanceof SSLException
        && !isCertificate(failure)
        && !isOurCertificate(failure)
        && !isLoss(failure);
  }

  /** Whether a connection was closed where an answer was expected. */
  public static boolean isSilence(IOException failure) {
    return failure instanceof NoHttpResponseException;
  }

  /** Whether nothing answers at this address. */
  public static boolean isUnreachable(IOException failure) {
    return failure instanceof UnknownHostException
        || failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof ConnectTimeoutException
        || failure instanceof ProxyException;
  }

  /** {@code connection refused}. */
  static String whyUnreachable(IOException cause) {
    return switch (cause) {
      case UnknownHostException unknown -> "unknown host";
      case ConnectTimeoutException late -> "timed out";
      case NoRouteToHostException unreachable -> "no route to host";
      default ->
          lowerCase(cause.getMessage()).contains("refused") ? "connection refused" : said(cause);
    };
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
