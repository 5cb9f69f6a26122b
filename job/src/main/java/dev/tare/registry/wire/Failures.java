package dev.tare.registry.wire;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.NetworkFailure;
import java.io.IOException;
import java.util.Locale;

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

  /** The same where other repositories of the registry may have another login. */
  public TareException loginRefused(Request request, String cause, boolean withCredentials) {
    String repository = host + "/" + request.repository();
    return new TareException(
        FailureKind.DENIED,
        request.action() + ": " + cause,
        withCredentials
            ? "The registry does not accept the login of "
                + repository
                + ": mend its entry, or that of its namespace, in the file of logins."
            : "No login is known for "
                + repository
                + ", only for other repositories of "
                + host
                + ".");
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
            ? "These credentials may not "
                + (request.writes() ? "push to " : "pull from ")
                + host
                + "/"
                + request.repository()
                + "."
            : "It may be private: run docker login " + host + ".");
  }

  /**
   * A connection that failed.
   *
   * @param secure whether TLS was spoken
   */
  public TareException connection(Request request, IOException cause, boolean secure) {
    TareException failure = NetworkFailure.of(request.action(), host.name(), cause);
    if (NetworkFailure.isSilence(cause) && !secure) {
      return hinted(failure, "If " + host + " speaks TLS, drop --plain-http.");
    }
    if (NetworkFailure.isCertificate(cause)) {
      return hinted(failure, NetworkFailure.TRUST + " Or use --insecure-skip-tls-verify.");
    }
    if (NetworkFailure.isNoTls(cause)) {
      return hinted(failure, "If it is meant to be plain HTTP, use --plain-http.");
    }
    return failure;
  }

  private static TareException hinted(TareException failure, String hint) {
    return new TareException(
        failure.kind(), String.valueOf(failure.getMessage()), hint, failure.getCause());
  }
}
