package dev.tare.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A mirror of feeds on a loopback port, and the file of addresses that leads to it. */
public final class FeedServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile boolean etags = true;

  private FeedServer(HttpServer server) {
    this.server = server;
  }

  /** Begins to serve; nothing yet. */
  public static FeedServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FeedServer feeds = new FeedServer(server);
    server.createContext("/", feeds::answer);
    server.start();
    return feeds;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] file = files.get(path);
    int status = file == null ? 404 : 200;
    if (file != null) {
      String validator = etags ? "\"" + Arrays.hashCode(file) + "\"" : modified(file);
      exchange.getResponseHeaders().set(etags ? "ETag" : "Last-Modified", validator);
      String known =
          exchange.getRequestHeaders().getFirst(etags ? "If-None-Match" : "If-Modified-Since");
      status = validator.equals(known) ? 304 : 200;
    }
    asked.add(path + " " + status);
    exchange.sendResponseHeaders(status, status == 200 ? file.length : -1);
    if (status == 200) {
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(file);
      } catch (IOException e) {
        // It was not wanted to its end.
      }
    }
    exchange.close();
  }

  private static String modified(byte[] file) {
    return "Mon, 30 Nov 2026 00:%02d:00 GMT".formatted(Math.floorMod(Arrays.hashCode(file), 60));
  }

  /** Serves a file. */
  public void file(String path, byte[] content) {
    files.put(path, content);
  }

  /** Serves a file. */
  public void file(String path, String content) {
    file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Serves an archive of records. */
  public void archive(String path, String... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < records.length; i++) {
        zip.putNextEntry(new ZipEntry(i + ".json"));
        zip.write(records[i].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    file(path, bytes.toByteArray());
  }

  /** Says when files changed, instead of what they are called now. */
  public void withoutEtags() {
    etags = false;
  }

  /** {@code http://127.0.0.1:1234}. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** {@code /Go/all.zip 200}: paths and answers since this was asked last, in their order. */
  public List<String> asked() {
    List<String> since = List.copyOf(asked);
    asked.clear();
    return since;
  }

  /** The addresses that ship with Tare, with this server in the place of every other. */
  public Path addresses(Path file) throws IOException {
    String shipped = Files.readString(TestImages.repository().resolve("config/feeds.yaml"));
    return Files.writeString(file, shipped.replaceAll("https://[^/\\s,\\]]+/", address() + "/"));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
