package dev.tare.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A loopback port that lets nobody connect and says nothing, as behind a firewall that drops
 * packets: its queue of connections is full, and nobody accepts one.
 */
public final class SilentServer implements AutoCloseable {
  private static final int MOST = 50;

  private final ServerSocket server;
  private final List<Socket> queued = new ArrayList<>();

  private SilentServer(ServerSocket server) {
    this.server = server;
  }

  /** Fills the queue. */
  public static SilentServer start() throws IOException {
    SilentServer silent =
        new SilentServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    for (int i = 0; i < MOST; i++) {
      Socket socket = new Socket();
      silent.queued.add(socket);
      try {
        socket.connect(silent.address(), 200);
      } catch (SocketTimeoutException e) {
        return silent;
      }
    }
    silent.close();
    throw new IOException("the queue of a port takes more than " + MOST + " connections");
  }

  /** Where nobody answers. */
  public InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** {@code http://127.0.0.1:1234}. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : queued) {
      socket.close();
    }
    server.close();
  }
}
