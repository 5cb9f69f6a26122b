package dev.tare.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up the name of a host before it is connected to: the system's look-up has no bound, and
 * takes half a minute where no name server answers.
 */
public final class NameLookup {
  private NameLookup() {}

  /**
   * Returns where the host that would be connected to, be it a proxy, has an address.
   *
   * @param options whose time to connect is the bound
   * @throws UnknownHostException where it has none, or nobody says one in time
   */
  public static void require(URI address, HttpOptions options) throws IOException {
    Proxies.Proxy proxy = options.proxies().of(address);
    String host = proxy == null ? address.getHost() : proxy.host();
    FutureTask<InetAddress> lookup = new FutureTask<>(() -> InetAddress.getByName(host));
    Thread.ofPlatform().daemon().name("look-up").start(lookup);
    try {
      lookup.get(options.timeouts().connect().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw unknown(
          host
              + ", no name server answers within "
              + options.timeouts().connect().toSeconds()
              + " s",
          e);
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
}
