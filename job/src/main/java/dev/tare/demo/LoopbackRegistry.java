package dev.tare.demo;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * A registry on 127.0.0.1 at a free port: the whole distribution API, push and referrers included,
 * without authentication or TLS. For {@code tare demo} and for tests; its list of repositories is
 * gone when it is closed.
 */
public final class LoopbackRegistry implements AutoCloseable {
  private final HttpServer server;
  private final LoopbackDoor door;
  private final ExecutorService threads;

  private LoopbackRegistry(HttpServer server, LoopbackDoor door, ExecutorService threads) {
    this.server = server;
    this.door = door;
    this.threads = threads;
  }

  /** Starts one whose content is in memory. */
  public static LoopbackRegistry inMemory() throws IOException {
    return inMemoryAt(0);
  }

  /** Starts one in memory on this port, or where that is taken on a free one. */
  public static LoopbackRegistry inMemoryAt(int port) throws IOException {
    return start(port, List.of());
  }

  /** Starts one in memory, each request of which passes these filters first. */
  public static LoopbackRegistry filtered(List<Filter> filters) throws IOException {
    return start(0, filters);
  }

  private static LoopbackRegistry start(int port, List<Filter> filters) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    ExecutorService threads = DaemonThreads.asMany("registry-");
    server.setExecutor(threads);
    server
        .createContext("/", new RegistryRoutes(new RegistryContent()))
        .getFilters()
        .addAll(filters);
    server.start();
    return new LoopbackRegistry(
        server, LoopbackDoor.open(port, server.getAddress(), threads), threads);
  }

  /** Its name in references: {@code localhost:40123}. */
  public String host() {
    return "localhost:" + door.port();
  }

  /** Stops it at once. */
  @Override
  public void close() {
    try (threads) {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      server.stop(0);
    }
  }
}
