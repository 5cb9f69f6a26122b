package dev.tare.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Receives messages on a loopback port as Standard Webhooks asks receivers to: it verifies one of
 * the signatures and the time, and takes a message whose identifier it knows only once.
 */
public final class WebhookReceiver implements AutoCloseable {
  /** Of the tests of Standard Webhooks. */
  public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /**
   * Instead of the usual answer to a message.
   *
   * @param status 0 for none at all
   * @param taken whether the message is taken all the same
   */
  public record Fault(int status, Map<String, String> headers, boolean taken) {}

  private final HttpServer server;
  private final @Nullable String secret;
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<String> taken = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<String> signatures = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final List<String> violations = new ArrayList<>();

  /** Verifies by this secret; null for messages that nobody signs. */
  public WebhookReceiver(@Nullable String secret) throws IOException {
    this.secret = secret;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it listens. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  public synchronized void fault(Fault fault) {
    faults.add(fault);
  }

  /** From now on all answers are usual. */
  public synchronized void clearFaults() {
    faults.clear();
  }

  /** Bodies of different messages that were taken, in their order. */
  public synchronized List<String> taken() {
    return List.copyOf(taken);
  }

  /** Of each attempt. */
  public synchronized List<String> ids() {
    return List.copyOf(ids);
  }

  /** The header, of each attempt. */
  public synchronized List<String> signatures() {
    return List.copyOf(signatures);
  }

  /** What in messages is not as described. */
  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      synchronized (this) {
        Fault fault = faults.poll();
        String id = verified(exchange, body);
        if (fault != null && known.contains(id) && fault.status() >= 400 && fault.status() < 429) {
          fault = null; // It has taken it, and does not say now that it does not.
        }
        if ((fault == null || fault.taken()) && known.add(id)) {
          taken.add(new String(body, StandardCharsets.UTF_8));
        }
        if (fault != null) {
          fault.headers().forEach(exchange.getResponseHeaders()::add);
        }
        int status = fault == null ? 204 : fault.status();
        if (status != 0) {
          exchange.sendResponseHeaders(status, -1);
        }
      }
    }
  }

  private String verified(HttpExchange exchange, byte[] body) {
    if (!exchange.getRequestMethod().equals("POST")) {
      violations.add(exchange.getRequestMethod() + ": expected POST");
    }
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (!type.startsWith("application/json")) {
      violations.add("Content-Type " + type);
    }
    if (secret == null) {
      return "message " + ids.size();
    }
    String id = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id"));
    String time = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-timestamp"));
    String given = String.valueOf(exchange.getRequestHeaders().getFirst("webhook-signature"));
    ids.add(id);
    signatures.add(given);
    if (!id.matches("[A-Za-z0-9_]+")) {
      violations.add("webhook-id " + id);
    }
    if (Math.abs(Long.parseLong(time) - Instant.now().getEpochSecond()) > 300) {
      violations.add("webhook-timestamp " + time);
    }
    if (!List.of(given.split(" ", -1)).contains(signature(secret, id, time, body))) {
      violations.add("webhook-signature " + given);
    }
    return id;
  }

  private static String signature(String secret, String id, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
