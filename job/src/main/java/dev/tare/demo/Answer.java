package dev.tare.demo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of the loopback registry.
 *
 * @param length of the body in bytes
 * @param body not opened for HEAD
 */
record Answer(int status, Map<String, String> headers, long length, Body body) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Opens a body. */
  @FunctionalInterface
  interface Body {
    InputStream open() throws IOException;
  }

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), 0, InputStream::nullInputStream);
  }

  static Answer json(int status, Object document) {
    byte[] content = MAPPER.writeValueAsBytes(document);
    return new Answer(
        status,
        Map.of("Content-Type", "application/json"),
        content.length,
        () -> new ByteArrayInputStream(content));
  }

  /** The specification's error document. */
  static Answer error(int status, String code, String message) {
    return json(status, Map.of("errors", List.of(Map.of("code", code, "message", message))));
  }

  Answer with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Answer(status, all, length, body);
  }

  void send(HttpExchange exchange) throws IOException {
    Headers sent = exchange.getResponseHeaders();
    headers.forEach(sent::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      sent.set("Content-Length", Long.toString(length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    if (length > 0) {
      try (InputStream content = body.open()) {
        OutputStream out = exchange.getResponseBody();
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = length;
        while (left > 0) {
          int count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (count < 0) {
            throw new IOException("content ended " + left + " bytes early");
          }
          out.write(buffer, 0, count);
          left -= count;
        }
      }
    }
  }
}
