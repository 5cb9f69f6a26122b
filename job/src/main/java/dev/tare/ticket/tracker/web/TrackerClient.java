package dev.tare.ticket.tracker.web;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.Backoff;
import dev.tare.http.HttpAnswer;
import dev.tare.http.HttpTransport;
import dev.tare.http.NetworkFailure;
import dev.tare.ticket.TicketServer;
import dev.tare.ticket.TicketUnavailableException;
import dev.tare.ticket.tracker.issue.RefusedException;
import dev.tare.ticket.tracker.issue.UncertainException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the API of one host. Every address is made here of the configured one: no redirect is
 * followed, no link of an answer used, so that the token goes nowhere else.
 *
 * <ul>
 *   <li>What may be done twice is tried again where it fails in passing; what may not is sent again
 *       only where it is certain that it was not carried out.
 *   <li>A server that asks to wait is waited for up to the longest wait, else whoever asked is told
 *       how long.
 *   <li>Where asked to, there is a pause between two requests that change something.
 * </ul>
 */
public final class TrackerClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** A page of a hundred issues with bodies of 65,536 characters. */
  private static final int LONGEST_ANSWER_BYTES = 48 << 20;

  private static final int LONGEST_REASON = 300;
  private static final int MOST_PAGES = 2_000;

  private final TicketServer server;
  private final String api;
  private final String authorization;
  private final Map<String, String> headers;
  private final HttpTransport transport;
  private final Backoff backoff;
  private final Backoff.Sleeper sleeper;
  private final InstantSource clock;
  private final Duration pause;
  private @Nullable Instant changed;

  /**
   * A client of this API.
   *
   * @param api the address in front of every path, without a slash at its end
   * @param authorization the header of that name
   * @param headers further ones
   * @param pause between two requests that change something
   */
  public TrackerClient(
      TicketServer server,
      String api,
      String authorization,
      Map<String, String> headers,
      Duration pause) {
    this.server = server;
    this.api = api;
    this.authorization = authorization;
    this.headers = new HashMap<>(headers);
    this.headers.put("Authorization", authorization);
    this.clock = InstantSource.system();
    this.sleeper = server.stop()::sleep;
    this.backoff = new Backoff(server.http().retries(), sleeper, clock);
    this.pause = pause;
    this.transport = new HttpTransport(server.http(), server.stop());
  }

  /** How a request may be sent again. */
  private enum Again {
    /** It changes nothing the second time. */
    SAFE,
    /** Only where it was not carried out. */
    NOT_DONE
  }

  /**
   * Asks.
   *
   * @param action the beginning of messages
   * @throws TicketUnavailableException where trying again later may help
   * @throws TareException ENVIRONMENT where the server refuses the token, or cannot be reached
   */
  public Answer get(String action, String path) {
    return exchange(action, "GET", path, null, Again.SAFE);
  }

  /** All items of a list that comes in pages. */
  public List<JsonNode> pages(String action, String path, String pageSize) {
    List<JsonNode> items = new ArrayList<>();
    String separator = path.contains("?") ? "&" : "?";
    for (int page = 1; page <= MOST_PAGES; page++) {
      Answer answer = get(action, path + separator + pageSize + "&page=" + page);
      if (!require(action, answer).body().isArray()) {
        throw new TareException(
            FailureKind.BAD_CONTENT, action + ": " + answer.status() + ", expected a list");
      }
      answer.body().forEach(items::add);
      if (answer.body().isEmpty() || items.size() == answer.total()) {
        return items;
      }
    }
    throw new TareException(
        FailureKind.LIMIT, action + ": more than " + MOST_PAGES + " pages, the last was not empty");
  }

  /** Changes something that is the same when it is changed twice. */
  public Answer set(String action, String method, String path, ObjectNode body) {
    return exchange(action, method, path, body, Again.SAFE);
  }

  /** Removes something. */
  public Answer remove(String action, String path) {
    return exchange(action, "DELETE", path, null, Again.SAFE);
  }

  /** Adds something: throws an {@link UncertainException} where it is not known whether it did. */
  public Answer add(String action, String path, ObjectNode body) {
    return exchange(action, "POST", path, body, Again.NOT_DONE);
  }

  /** The answer, where it was done. */
  public Answer require(String action, Answer answer) {
    if (answer.isSuccess()) {
      return answer;
    }
    throw refused(action, answer);
  }

  private TareException refused(String action, Answer answer) {
    String message = action + ": " + answer.status() + reason(answer);
    if (answer.isRedirect()) {
      return new TareException(
          FailureKind.ENVIRONMENT,
          message + ", it is at another address now",
          "Nothing was sent there. If the project has moved, name its new address with"
              + " --tickets-project.");
    }
    return switch (answer.status()) {
      case 401 ->
          new TareException(
              FailureKind.ENVIRONMENT,
              message,
              "The tracker does not accept the token: check TARE_TICKETS_TOKEN, or the file of"
                  + " TARE_TICKETS_TOKEN_FILE.");
      case 403 ->
          new RefusedException(
              message, "The token's account may not do this in " + server.repository() + ".");
      case 404 ->
          new RefusedException(
              message,
              "Check --tickets-project, and that the token's account may see "
                  + server.repository()
                  + ".");
      default -> new RefusedException(message, null);
    };
  }

  private String reason(Answer answer) {
    for (String field :
        List.of("message", "error_description", "error", "errorMessages", "errors")) {
      JsonNode said = answer.body().path(field);
      if (said.isString() || (said.isContainer() && !said.isEmpty())) {
        return " " + shown(said.isString() ? said.stringValue() : said.toString());
      }
    }
    return "";
  }

  /** An answer to a request with a token may repeat it, as it is or as it was sent. */
  private String shown(String text) {
    String token = server.token();
    String line = text;
    for (String secret :
        List.of(
            authorization.substring(authorization.indexOf(' ') + 1),
            token,
            token.substring(token.indexOf(':') + 1))) { // Of an account and its token.
      line = secret.isEmpty() ? line : line.replace(secret, "***");
    }
    line = line.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
  }

  private Answer exchange(
      String action, String method, String path, @Nullable ObjectNode body, Again again) {
    URI address = URI.create(api + path);
    for (int retry = 0; ; retry++) {
      Failure failure;
      try {
        return attempt(action, method, address, body);
      } catch (Failure e) {
        failure = e;
      }
      server.stop().check();
      Duration wait = failure.wait;
      boolean longer = wait != null && wait.compareTo(server.http().retries().longestWait()) > 0;
      if (!longer
          && retry < backoff.retries()
          && failure.retryHelps()
          && (again == Again.SAFE || !failure.uncertain)) {
        backoff.pause(retry, wait == null ? null : String.valueOf(wait.toSeconds() + 1), failure);
        continue;
      }
      throw failure.toTold(again);
    }
  }

  /** One request that failed. */
  private static final class Failure extends TareException {
    private static final long serialVersionUID = 1L;

    private final boolean uncertain;
    private final @Nullable Duration wait;

    Failure(TareException cause, boolean uncertain, @Nullable Duration wait) {
      super(cause.kind(), String.valueOf(cause.getMessage()), cause.hint(), cause);
      this.uncertain = uncertain;
      this.wait = wait;
    }

    /** As whoever asked is told. */
    TareException toTold(Again again) {
      String message =
          getMessage()
              + (wait == null ? "" : "; the server asks to wait " + wait.toSeconds() + " s");
      if (uncertain && again == Again.NOT_DONE) {
        return new UncertainException(message, wait, this);
      }
      if (wait != null) {
        return new TicketUnavailableException(message, wait, this);
      }
      return retryHelps()
          ? new TicketUnavailableException(message, null, this)
          : new TareException(kind(), message, hint(), this);
    }
  }

  private Answer attempt(String action, String method, URI address, @Nullable ObjectNode body) {
    if (!method.equals("GET")) {
      pace();
    }
    boolean answered = false;
    try (HttpAnswer answer =
        body == null
            ? transport.send(method, address, headers)
            : transport.send(
                method,
                address,
                headers,
                "application/json; charset=utf-8",
                JSON.writeValueAsBytes(body))) {
      byte[] bytes = answer.body(action, "the answer", LONGEST_ANSWER_BYTES);
      answered = true;
      String text = new String(bytes, StandardCharsets.UTF_8);
      Duration wait = RateLimit.asked(answer, text, clock.instant());
      if (wait != null) {
        throw new Failure(
            new TareException(
                FailureKind.TRANSIENT, action + ": " + answer.status() + ", too many requests"),
            false,
            wait);
      }
      if (answer.status() >= 500) {
        throw new Failure(
            new TareException(FailureKind.TRANSIENT, action + ": " + answer.status()),
            true,
            RateLimit.after(answer.header("Retry-After"), clock.instant()));
      }
      return new Answer(answer.status(), json(text), total(answer), answer.header("Location"));
    } catch (IOException e) {
      boolean unsent = NetworkFailure.isUnreachable(e);
      throw new Failure(
          NetworkFailure.of(action, address.getAuthority(), e), !unsent && !answered, null);
    }
  }

  private static JsonNode json(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private static long total(HttpAnswer answer) {
    String count = answer.header("X-Total-Count");
    String total = count == null ? answer.header("X-Total") : count;
    return total != null && total.matches("\\d{1,12}") ? Long.parseLong(total) : -1;
  }

  private void pace() {
    Instant now = clock.instant();
    if (changed != null && now.isBefore(changed.plus(pause))) {
      try {
        sleeper.sleep(Duration.between(now, changed.plus(pause)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TareException(
            FailureKind.TRANSIENT, "wait for the tracker: interrupted", null, e);
      }
    }
    changed = clock.instant();
  }

  @Override
  public void close() {
    transport.close();
  }
}
