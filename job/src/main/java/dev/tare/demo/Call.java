package dev.tare.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to the loopback registry.
 *
 * @param repository empty where it is about the registry
 * @param subject what comes after {@code manifests/}, {@code blobs/} and so on; may be empty
 */
record Call(String method, String repository, String subject, HttpExchange exchange) {
  private static final int LONGEST_BYTES = 1 << 30;

  /** A parameter of the query; null where it is missing. */
  @Nullable String parameter(String name) {
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        parameters.put(parts[0], parts.length < 2 ? "" : parts[1]);
      }
    }
    String value = parameters.get(name);
    return value == null ? null : URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  byte[] body() throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BYTES);
    if (body.length == LONGEST_BYTES) {
      throw new IOException("a request of " + LONGEST_BYTES + " bytes or more");
    }
    return body;
  }
}
