package dev.tare.testing;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts who asks a registry for certain blobs, and can hold back its answers. Safe for concurrent
 * use.
 */
public final class HeldBlobs extends Filter {
  private final Set<String> digests = new HashSet<>();
  private final List<String> requested = new ArrayList<>();
  private final List<String> held = new ArrayList<>();
  private int answersLeft = Integer.MAX_VALUE;

  /** From now on requests for these are counted from zero, and that many are answered. */
  public synchronized void watch(Collection<String> blobs, int answers) {
    digests.clear();
    digests.addAll(blobs);
    requested.clear();
    held.clear();
    answersLeft = answers;
  }

  /** Answers what is held back, and all that comes. */
  public synchronized void release() {
    answersLeft = Integer.MAX_VALUE;
    notifyAll();
  }

  /** Waits until as many requests are held back; fails where they do not come. */
  public synchronized void awaitHeld(int count, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (held.size() < count) {
      long leftMillis = (end - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        throw new IllegalStateException(
            held.size() + " requests for blobs came, expected " + count);
      }
      wait(leftMillis);
    }
  }

  /** The digests of all watched blobs that were asked for, once for each request. */
  public synchronized List<String> requested() {
    return List.copyOf(requested);
  }

  /** The digests of those that were not answered at once. */
  public synchronized List<String> held() {
    return List.copyOf(held);
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String digest = path.substring(path.lastIndexOf('/') + 1);
    if (exchange.getRequestMethod().equals("GET") && path.contains("/blobs/")) {
      hold(digest);
    }
    chain.doFilter(exchange);
  }

  private synchronized void hold(String digest) {
    if (!digests.contains(digest)) {
      return;
    }
    requested.add(digest);
    if (answersLeft > 0) {
      answersLeft--;
      return;
    }
    held.add(digest);
    notifyAll();
    try {
      while (answersLeft == 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String description() {
    return "held blobs";
  }
}
