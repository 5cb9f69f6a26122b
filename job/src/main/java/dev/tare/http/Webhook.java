package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.WebhookException.Fate;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An address that takes messages in JSON: by https, or by http on this machine. No redirect is
 * followed, its certificate always verified. A message that fails in passing is sent again, with
 * the same identifier and a new time.
 */
public final class Webhook implements AutoCloseable {
  /** Receivers may take time to answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int LONGEST_ANSWER_BYTES = 64 << 10;
  private static final int TOO_MANY = 429;
  private static final int GONE = 410;
  private static final int TOO_SLOW = 408;

  private final URI address;
  private final WebhookSecrets secrets;
  private final HttpOptions options;
  private final Duration patience;
  private final StopSignal stop;
  private final HttpTransport transport;
  private final InstantSource clock = InstantSource.system();
  private final Backoff backoff;

  /**
   * Messages to this address.
   *
   * @param secrets that sign them
   * @param options how it is reached
   * @param stop cuts off requests
   */
  public Webhook(URI address, WebhookSecrets secrets, HttpOptions options, StopSignal stop) {
    this.address = address;
    this.secrets = secrets;
    Duration connect = options.timeouts().connect();
    Duration read = options.timeouts().read();
    this.options =
        options
            .withTls(options.tls().withInsecureSkipVerify(false))
            .withTimeouts(connect, read.compareTo(PATIENCE) > 0 ? PATIENCE : read);
    this.patience = connect.plus(this.options.timeouts().read());
    this.stop = stop;
    this.transport = new HttpTransport(this.options, stop);
    this.backoff = new Backoff(options.retries(), stop::sleep, clock);
  }

  /**
   * The address that a text is. It is quoted nowhere, as it may hold a credential.
   *
   * @param what it is for, the beginning of messages
   * @param hint an example
   * @throws TareException USAGE where it is none, or would carry messages in the clear
   */
  public static URI address(String text, String what, String hint) {
    URI given;
    try {
      given = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw unusable(what, e.getReason() + " at position " + e.getIndex(), hint);
    }
    boolean web = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
    if (!web || given.getHost() == null) {
      throw unusable(what, "expected https:// and a host", hint);
    }
    if (!HttpTransport.hasPossiblePort(given)) {
      throw unusable(what, "expected a port of 1 to 65535", hint);
    }
    if (given.getRawUserInfo() != null || given.getRawFragment() != null) {
      throw unusable(what, "expected neither a user nor a fragment", hint);
    }
    if (!FileAddress.isSafe(given)) {
      throw unusable(what, "messages are not sent over http", hint);
    }
    return given;
  }

  private static TareException unusable(String what, String why, String hint) {
    return new TareException(FailureKind.USAGE, what + " cannot be used: " + why, hint);
  }

  /** Where messages go, as far as it may be told: {@code https://hooks.example.com}. */
  public static String host(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority();
  }

  /**
   * Sends a message.
   *
   * @param action the beginning of messages about failures
   * @param id the same for the same message, however often it is sent; letters, digits, underscores
   * @param json its body
   * @throws WebhookException where it was not taken
   */
  public void send(String action, String id, byte[] json) {
    boolean uncertain = false;
    for (int retry = 0; ; retry++) {
      WebhookException failure = attempt(action, id, json);
      if (failure == null) {
        return;
      }
      stop.check();
      uncertain |= failure.fate() == Fate.UNCERTAIN;
      Duration wait = failure.retryAfter().orElse(Duration.ZERO);
      if (!failure.retryHelps()
          || retry >= backoff.retries()
          || wait.compareTo(options.retries().longestWait()) > 0) {
        throw uncertain ? failure.afterUncertainty() : failure;
      }
      backoff.pause(retry, String.valueOf(wait.toSeconds()), failure);
    }
  }

  /** Null where it was taken. */
  private @Nullable WebhookException attempt(String action, String id, byte[] json) {
    Map<String, String> headers = new HashMap<>();
    if (!secrets.isEmpty()) {
      long seconds = clock.instant().getEpochSecond();
      headers.put("webhook-id", id);
      headers.put("webhook-timestamp", String.valueOf(seconds));
      headers.put("webhook-signature", secrets.sign(id, seconds, json));
    }
    try (HttpAnswer answer =
        transport.send(
            "POST", address, headers, "application/json; charset=utf-8", json, patience)) {
      if (answer.isSuccess()) {
        return null;
      }
      skipBody(answer);
      return refused(action, answer);
    } catch (IOException e) {
      TareException failure = NetworkFailure.of(action, address.getAuthority(), e);
      Fate fate =
          !failure.retryHelps()
              ? Fate.UNREACHED
              : NetworkFailure.isUnreachable(e) ? Fate.LATER : Fate.UNCERTAIN;
      return new WebhookException(
          fate, String.valueOf(failure.getMessage()), failure.hint(), null, failure);
    }
  }

  /**
   * Read, so that the connection can be used again; never shown: it may repeat what was sent. One
   * that breaks off does not change what the status says.
   */
  private static void skipBody(HttpAnswer answer) {
    try {
      answer.upTo(LONGEST_ANSWER_BYTES);
    } catch (IOException e) {
      // The connection is dropped.
    }
  }

  private WebhookException refused(String action, HttpAnswer answer) {
    int status = answer.status();
    String message = action + ": " + status;
    Duration after =
        answer.header("Retry-After") == null ? null : backoff.asked(answer.header("Retry-After"));
    if (answer.isRedirect()) {
      return new WebhookException(
          Fate.REFUSED,
          message + ", it is at another address now",
          "Nothing was sent there. Name its new address.",
          null,
          null);
    }
    if (status == GONE) {
      return new WebhookException(
          Fate.GONE,
          message + ", it takes no message any more",
          "Name another address, or stop sending to it.",
          null,
          null);
    }
    String waiting = after == null ? "" : "; the server asks to wait " + after.toSeconds() + " s";
    if (status == TOO_MANY) {
      return new WebhookException(
          Fate.LATER, message + ", too many messages" + waiting, null, after, null);
    }
    if (status >= 500 || status == TOO_SLOW) {
      return new WebhookException(Fate.UNCERTAIN, message + waiting, null, after, null);
    }
    String hint =
        status == 401 || status == 403
            ? "Check that both sides have the same secret, and that their clocks agree."
            : null;
    return new WebhookException(Fate.REFUSED, message, hint, null, null);
  }

  @Override
  public void close() {
    transport.close();
  }
}
