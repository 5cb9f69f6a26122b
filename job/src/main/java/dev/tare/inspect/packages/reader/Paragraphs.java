package dev.tare.inspect.packages.reader;

import dev.tare.inspect.content.TextLines;
import java.util.ArrayList;
import java.util.List;

/** The paragraphs of a text, which empty lines part. */
public final class Paragraphs {
  private Paragraphs() {}

  /** Each with the empty line behind it. */
  public static List<String> of(byte[] content) {
    List<String> paragraphs = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : (Iterable<String>) TextLines.of(content)::iterator) {
      if (!line.isBlank()) {
        paragraph.append(line).append('\n');
      } else if (!paragraph.isEmpty()) {
        paragraphs.add(paragraph.append('\n').toString());
        paragraph.setLength(0);
      }
    }
    if (!paragraph.isEmpty()) {
      paragraphs.add(paragraph.append('\n').toString());
    }
    return paragraphs;
  }
}
