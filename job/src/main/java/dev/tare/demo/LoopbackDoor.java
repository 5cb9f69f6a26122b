package dev.tare.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * Lets plain HTTP through to the JDK's server and shows TLS out at its first byte. The server
 * itself would wait for the end of a request line that never comes, and so would every client that
 * tries TLS first: jib for twenty seconds, skopeo for ten.
 */
final class LoopbackDoor implements AutoCloseable {
  /** The first byte of a TLS handshake record, RFC 8446, section 5.1. */
  private static final int TLS_HANDSHAKE = 0x16;

  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocket listening;
  private final InetSocketAddress behind;
  private final ExecutorService threads;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private LoopbackDoor(ServerSocket listening, InetSocketAddress behind, ExecutorService threads) {
    this.listening = listening;
    this.behind = behind;
    this.threads = threads;
  }

  /** Opens this port of 127.0.0.1, or where it is 0 or taken a free one, before {@code behind}. */
  static LoopbackDoor open(int port, InetSocketAddress behind, ExecutorService threads)
      throws IOException {
    LoopbackDoor door = new LoopbackDoor(listen(port), behind, threads);
    threads.execute(door::accept);
    return door;
  }

  private static ServerSocket listen(int port) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try {
      return new ServerSocket(port, 0, loopback);
    } catch (BindException e) {
      return new ServerSocket(0, 0, loopback);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // Closed: there is nothing else that ends accept on a loopback address.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      byte[] buffer = new byte[BUFFER_BYTES];
      int count = client.getInputStream().read(buffer);
      if (count <= 0 || buffer[0] == TLS_HANDSHAKE) {
        return;
      }
      try (Socket server = new Socket(behind.getAddress(), behind.getPort())) {
        open.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        server.getOutputStream().write(buffer, 0, count);
        threads.execute(() -> pump(client, server));
        pump(server, client);
      } finally {
        open.removeIf(Socket::isClosed);
      }
    } catch (IOException e) {
      // Either side left, which is its right; the other one's socket is closed here too.
    } finally {
      open.remove(client);
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket that does not close", e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(LoopbackDoor::close);
  }
}
