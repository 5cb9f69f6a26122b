package dev.tare.registry;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong between a client and a registry, once each time it is asked for. */
final class Faults extends Filter {
  /** Does something else instead of, or before, answering. */
  @FunctionalInterface
  interface Fault {
    void apply(HttpExchange exchange, Chain chain) throws IOException;
  }

  private final List<String> requests = new ArrayList<>();
  private volatile Fault guard = this::plannedOr;
  private final Map<String, Deque<Fault>> planned = new ConcurrentHashMap<>();

  /** From now on requests with another Authorization are refused with this challenge. */
  void require(String authorization, String challenge) {
    guard =
        (exchange, chain) -> {
          if (authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            plannedOr(exchange, chain);
          } else {
            body(
                    401,
                    "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"who are you\"}]}",
                    "WWW-Authenticate",
                    challenge)
                .apply(exchange, chain);
          }
        };
  }

  /** The next {@code times} requests to paths that contain this meet the fault. */
  Faults plan(String path, int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      planned.computeIfAbsent(path, any -> new ArrayDeque<>()).add(fault);
    }
    return this;
  }

  static Fault status(int status, String... headers) {
    return (exchange, chain) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    };
  }

  static Fault body(int status, String text, String... headers) {
    return (exchange, chain) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    };
  }

  /** Closes the connection instead of answering. */
  static Fault drop() {
    return (exchange, chain) -> {
      throw new IOException("dropped by the test");
    };
  }

  static Fault delay(long millis) {
    return (exchange, chain) -> {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      chain.doFilter(exchange);
    };
  }

  /** Closes the connection after so many bytes of the body. */
  static Fault truncate(int bytes) {
    return (exchange, chain) -> {
      exchange.setStreams(null, new Truncated(exchange.getResponseBody(), bytes));
      chain.doFilter(exchange);
    };
  }

  /** Sends so many bytes of the body, and then one every few milliseconds. */
  static Fault trickle(int bytes) {
    return (exchange, chain) -> {
      exchange.setStreams(null, new Trickling(exchange.getResponseBody(), bytes));
      chain.doFilter(exchange);
    };
  }

  /** How many requests there were to paths that contain this. */
  int count(String path) {
    synchronized (requests) {
      return (int) requests.stream().filter(one -> one.contains(path)).count();
    }
  }

  /** Method, path, query and the named headers of every request. */
  List<String> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    synchronized (requests) {
      requests.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " Authorization="
              + exchange.getRequestHeaders().getFirst("Authorization")
              + " Range="
              + exchange.getRequestHeaders().getFirst("Range"));
    }
    guard.apply(exchange, chain);
  }

  private void plannedOr(HttpExchange exchange, Chain chain) throws IOException {
    for (Map.Entry<String, Deque<Fault>> entry : planned.entrySet()) {
      if (exchange.getRequestURI().toString().contains(entry.getKey())) {
        Fault next;
        synchronized (entry.getValue()) {
          next = entry.getValue().poll();
        }
        if (next != null) {
          next.apply(exchange, chain);
          return;
        }
      }
    }
    chain.doFilter(exchange);
  }

  @Override
  public String description() {
    return "faults";
  }

  private static final class Trickling extends FilterOutputStream {
    private int left;

    Trickling(OutputStream out, int left) {
      super(out);
      this.left = left;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int at = Math.min(left, length);
      out.write(bytes, offset, at);
      left -= at;
      try {
        for (; at < length; at++) {
          out.write(bytes, offset + at, 1);
          out.flush();
          Thread.sleep(5);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  private static final class Truncated extends FilterOutputStream {
    private int left;

    Truncated(OutputStream out, int left) {
      super(out);
      this.left = left;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int written = Math.min(left, length);
      out.write(bytes, offset, written);
      out.flush();
      left -= written;
      if (written < length) {
        throw new IOException("truncated by the test");
      }
    }
  }
}
