package dev.tare.inspect.content;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The lines of a text, one at a time: a database of packages may have tens of megabytes. */
public final class TextLines {
  private TextLines() {}

  /** The lines of this UTF-8. */
  public static Stream<String> of(byte[] content) {
    return new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.UTF_8))
        .lines();
  }
}
