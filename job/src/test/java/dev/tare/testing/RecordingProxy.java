package dev.tare.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on the loopback address that has whatever it is asked for from one server on this
 * machine, so that names need not exist. It records what it is asked for.
 */
public final class RecordingProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final int upstream;
  private final @Nullable String login;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private RecordingProxy(ServerSocket socket, int upstream, @Nullable String login) {
    this.socket = socket;
    this.upstream = upstream;
    this.login = login;
  }

  /**
   * Starts one.
   *
   * @param upstream the port that everything comes from
   * @param login the value of {@code Proxy-Authorization} without which it answers 407; null for
   *     none
   */
  public static RecordingProxy to(int upstream, @Nullable String login) {
    try {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      RecordingProxy proxy = new RecordingProxy(socket, upstream, login);
      Thread.ofPlatform().daemon().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code 127.0.0.1:40123}. */
  public String host() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** The first line of each request. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (true) {
      try {
        Socket client = socket.accept();
        Thread.ofPlatform().daemon().start(() -> serve(client));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), upstream)) {
      String head = head(client.getInputStream());
      requests.add(head.lines().findFirst().orElse(""));
      if (login != null && !head.contains("Proxy-Authorization: " + login + "\r\n")) {
        write(client, "HTTP/1.1 407 Who\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      if (head.startsWith("CONNECT ")) {
        write(client, "HTTP/1.1 200 Connected\r\n\r\n");
      } else {
        write(
            server,
            head.replaceFirst(" http://[^/]*", " ")
                .replaceFirst("(?i)\r\nConnection: [^\r]*", "")
                .replaceFirst("\r\n", "\r\nConnection: close\r\n"));
      }
      Thread back = Thread.ofPlatform().daemon().start(() -> copy(server, client));
      copy(client, server);
      back.join();
    } catch (IOException | InterruptedException e) {
      // One of the two has hung up.
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // It has hung up.
    }
  }

  private static void write(Socket to, String text) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("hung up");
      }
      head.append((char) b);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
