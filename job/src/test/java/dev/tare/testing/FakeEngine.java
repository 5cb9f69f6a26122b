package dev.tare.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers on a socket as a Docker engine does, or as none should. */
public final class FakeEngine implements AutoCloseable {
  /** Writes all of an answer, status line included; the connection is closed then. */
  @FunctionalInterface
  public interface Answer {
    void write(OutputStream out) throws IOException;
  }

  private static final int CHUNK = 30_000;

  private final Path socket;
  private final ServerSocketChannel server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private FakeEngine(Path socket, ServerSocketChannel server) {
    this.socket = socket;
    this.server = server;
  }

  /** One that has no images and listens in this directory. */
  public static FakeEngine in(Path directory) {
    try {
      Path socket = directory.resolve("engine.sock");
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      FakeEngine engine = new FakeEngine(socket, server);
      engine.lists("[]");
      Thread accepting = new Thread(engine::accept, "fake-engine");
      accepting.setDaemon(true);
      accepting.start();
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What tells a client where it is. */
  public Map<String, String> environment() {
    return Map.of("DOCKER_HOST", "unix://" + socket);
  }

  /** The images that it lists. */
  public void lists(String json) {
    answers.put("/images/json", whole("200 OK", json));
  }

  /** An image as it exports it. */
  public void exports(String id, Path archive) {
    answers.put(
        "/images/" + id + "/get",
        out -> {
          out.write(head("200 OK").getBytes(StandardCharsets.US_ASCII));
          try (InputStream in = Files.newInputStream(archive)) {
            for (byte[] chunk = in.readNBytes(CHUNK);
                chunk.length > 0;
                chunk = in.readNBytes(CHUNK)) {
              out.write(
                  (Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
              out.write(chunk);
              out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
          }
          out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        });
  }

  private static String head(String status) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Type: application/x-tar\r\nTransfer-Encoding: chunked\r\n\r\n";
  }

  /** Has a path answered like this. */
  public void answers(String path, Answer answer) {
    answers.put(path, answer);
  }

  /** A short answer. */
  public static Answer whole(String status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return out -> {
      out.write(
          ("HTTP/1.1 " + status + "\r\nContent-Length: " + bytes.length + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
    };
  }

  /** What it has been asked for, in this order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        Thread answering = new Thread(() -> answer(connection), "fake-engine-answer");
        answering.setDaemon(true);
        answering.start();
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void answer(SocketChannel connection) {
    try (connection) {
      String question = question(Channels.newInputStream(connection));
      String path = question.split(" ", -1)[1];
      asked.add(path);
      answers
          .getOrDefault(path, whole("404 Not Found", "{\"message\":\"no such image: x\"}"))
          .write(Channels.newOutputStream(connection));
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static String question(InputStream in) throws IOException {
    StringBuilder question = new StringBuilder();
    while (question.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("no question");
      }
      question.append((char) b);
    }
    return question.toString();
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
