package dev.tare.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/**
 * Looks up a server's name and connects to it, before it is asked for something. The system's
 * look-up has no bound, and takes half a minute where no name server answers; a client waits for
 * each address of a server that has many, one after the other.
 */
public final class ServerProbe {
  private static final ThreadFactory THREADS =
      Thread.ofPlatform().daemon().name("connect").factory();

  private ServerProbe() {}

  /**
   * Returns where a server can be reached, or the proxy in front of it: where its name is known,
   * and one of its addresses lets us connect.
   *
   * @param options whose time to connect is the bound for all of it
   * @throws UnknownHostException where it has no address, or nobody says one in time
   * @throws ConnectTimeoutException where no address answers in time
   * @throws ConnectException where all refuse
   * @throws ProxyException where it is the proxy that cannot be reached
   */
  public static void require(URI address, HttpOptions options) throws IOException {
    Duration bound = options.timeouts().connect();
    Proxies.Proxy proxy = options.proxies().of(address);
    if (proxy == null) {
      require(address.getHost(), HttpTransport.port(address), bound);
      return;
    }
    try {
      require(proxy.host(), proxy.port(), bound);
    } catch (IOException e) {
      throw HttpTransport.ofProxy(proxy, e);
    }
  }

  private static void require(String host, int port, Duration bound) throws IOException {
    long began = System.nanoTime();
    List<InetSocketAddress> addresses =
        Arrays.stream(lookedUp(host, bound))
            .map(address -> new InetSocketAddress(address, port))
            .toList();
    Duration left = bound.minusNanos(System.nanoTime() - began);
    connect(host, addresses, left.isPositive() ? left : Duration.ofMillis(1));
  }

  private static InetAddress[] lookedUp(String host, Duration bound) throws IOException {
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
    Thread.ofPlatform().daemon().name("look-up").start(lookup);
    try {
      return lookup.get(bound.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw unknown(host + ", no name server answers within " + bound.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw unknown(host, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host + ", interrupted", e);
    }
  }

  private static UnknownHostException unknown(String what, Exception cause) {
    UnknownHostException failure = new UnknownHostException(what);
    failure.initCause(cause);
    return failure;
  }

  /** Connects to all of them at the same time, until one answers. */
  static void connect(String server, List<InetSocketAddress> addresses, Duration bound)
      throws IOException {
    List<Callable<Boolean>> attempts =
        addresses.stream().<Callable<Boolean>>map(one -> () -> connected(one, bound)).toList();
    ExecutorService threads = Executors.newThreadPerTaskExecutor(THREADS);
    try {
      threads.invokeAny(attempts, bound.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw late(server, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SocketTimeoutException timeout) {
        throw late(server, timeout);
      }
      throw switch (e.getCause()) {
        case ConnectException refused -> refused;
        case NoRouteToHostException unreachable -> unreachable;
        // "Network is unreachable", "Invalid argument": no connection was there to be lost.
        case SocketException never -> unreachable(never);
        case IOException failure -> failure;
        case null, default -> new IOException(e);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw late(server, e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean connected(InetSocketAddress address, Duration bound) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, Math.toIntExact(Math.max(1, bound.toMillis())));
      return true;
    }
  }

  private static ConnectException unreachable(SocketException cause) {
    ConnectException failure = new ConnectException(cause.getMessage());
    failure.initCause(cause);
    return failure;
  }

  private static ConnectTimeoutException late(String server, Exception cause) {
    ConnectTimeoutException failure = new ConnectTimeoutException("connect to " + server);
    failure.initCause(cause);
    return failure;
  }
}
