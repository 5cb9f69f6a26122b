package dev.tare.registry.wire;

import dev.tare.http.HttpAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a registry says of a failure, {@code {"errors":[{"code":"NAME_UNKNOWN","message":"…"}]}}.
 *
 * @param code null where the answer is not such a document
 * @param message made safe for a terminal and short; empty where nothing was said
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes">Error
 *     codes</a>
 */
public record ErrorDocument(@Nullable String code, String message) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LONGEST_BYTES = 64 * 1024;
  private static final int LONGEST_MESSAGE = 300;

  /** Reads an unsuccessful answer, as far as it goes; nothing of one that repeats a credential. */
  public static ErrorDocument read(HttpAnswer response, KnownSecrets secrets) throws IOException {
    byte[] body = response.upTo(LONGEST_BYTES);
    return secrets.areIn(new String(body, StandardCharsets.UTF_8))
        ? new ErrorDocument(null, "")
        : parse(body);
  }

  static ErrorDocument parse(byte[] body) {
    try {
      JsonNode first = MAPPER.readTree(body).path("errors").path(0);
      if (first.isObject()) {
        String code = first.path("code").asString("");
        return new ErrorDocument(
            code.isEmpty() ? null : printable(code), printable(first.path("message").asString("")));
      }
    } catch (JacksonException e) {
      // A proxy or another program answered: its text is shown instead.
      return new ErrorDocument(null, text(body));
    }
    return new ErrorDocument(null, text(body));
  }

  /** {@code 404 MANIFEST_UNKNOWN: manifest unknown}. */
  public String describe(int status) {
    StringBuilder text = new StringBuilder().append(status);
    if (code != null) {
      text.append(' ').append(code);
    }
    if (!message.isEmpty()) {
      text.append(": ").append(message);
    }
    return text.toString();
  }

  private static String text(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return text.startsWith("<") ? "" : printable(text);
  }

  private static String printable(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
  }
}
