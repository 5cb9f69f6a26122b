package dev.tare.registry.protocol;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpAnswer;
import dev.tare.registry.wire.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A part of a list of names.
 *
 * @param nextQuery what to ask for the next part with, null where this is the last
 */
public record Page(List<String> names, @Nullable String nextQuery) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Some registries send all tags of a repository as one page. */
  private static final int LONGEST_BYTES = 32 * 1024 * 1024;

  private static final int LONGEST_NAME = 500;

  public Page {
    names = List.copyOf(names);
  }

  /** Reads the array {@code property}; JSON null, as Distribution sends it, is an empty one. */
  static Page read(Request request, String property, HttpAnswer response) throws IOException {
    byte[] body = response.body(request.action(), "the answer", LONGEST_BYTES);
    JsonNode array;
    try {
      array = MAPPER.readTree(body).path(property);
    } catch (JacksonException e) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          request.action() + ": the answer is not JSON: " + e.getOriginalMessage(),
          null,
          e);
    }
    if (!array.isArray() && !array.isNull()) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          request.action() + ": the answer holds no array \"" + property + "\"");
    }
    List<String> names = new ArrayList<>(array.size());
    for (JsonNode element : array) {
      if (element.isString() && !element.stringValue().isEmpty()) {
        names.add(readable(element.stringValue()));
      }
    }
    return new Page(names, Link.nextQuery(response));
  }

  /**
   * What no name of a repository or tag can have in it is written {@code \\uXXXX}, and what is
   * longer than any is cut: such a name is none still, and can be kept and shown.
   */
  private static String readable(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), LONGEST_NAME); i++) {
      char c = name.charAt(i);
      if (c > ' ' && c < '\177') {
        text.append(c);
      } else {
        text.append(String.format("\\u%04x", (int) c));
      }
    }
    return name.length() > LONGEST_NAME ? text + "…" : text.toString();
  }
}
