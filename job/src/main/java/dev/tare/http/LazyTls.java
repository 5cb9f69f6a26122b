package dev.tare.http;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Sets TLS up when the first connection asks for it, not for a server that speaks plain HTTP: it
 * reads every certificate that Java trusts. Safe for concurrent use.
 */
final class LazyTls implements TlsSocketStrategy {
  private final Supplier<TlsSocketStrategy> source;
  private @Nullable TlsSocketStrategy made;

  LazyTls(Supplier<TlsSocketStrategy> source) {
    this.source = source;
  }

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    return strategy().upgrade(socket, target, port, attachment, context);
  }

  private synchronized TlsSocketStrategy strategy() {
    if (made == null) {
      made = source.get();
    }
    return made;
  }
}
