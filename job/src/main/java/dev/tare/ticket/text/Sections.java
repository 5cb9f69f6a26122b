package dev.tare.ticket.text;

import java.util.ArrayList;
import java.util.List;

/** The sections of a text, of which as many are shown as fit. */
final class Sections {
  private static final int NOTE = 300;

  private final List<Section> sections = new ArrayList<>();

  private record Section(String heading, String text) {}

  /**
   * The next section.
   *
   * @param heading empty for what comes first
   * @param text Markdown that ends with a line feed; an empty one is no section
   */
  void add(String heading, String text) {
    if (!text.isEmpty()) {
      sections.add(
          new Section(
              heading,
              heading.isEmpty() ? text : "\n## " + heading + "\n\n" + text.stripLeading()));
    }
  }

  /** The sections that fit into so many characters, in order, and which do not. */
  String text(int limit) {
    long all = sections.stream().mapToLong(section -> section.text().length()).sum();
    if (all <= limit) {
      return shown(sections, List.of());
    }
    List<Section> fit = new ArrayList<>();
    List<String> left = new ArrayList<>();
    int length = 0;
    for (Section section : sections) {
      if (length + section.text().length() <= limit - NOTE) {
        fit.add(section);
        length += section.text().length();
      } else {
        left.add(section.heading().isEmpty() ? "What fails" : section.heading());
      }
    }
    return shown(fit, left);
  }

  private static String shown(List<Section> sections, List<String> left) {
    StringBuilder text = new StringBuilder();
    sections.forEach(section -> text.append(section.text()));
    if (!left.isEmpty()) {
      text.append("\nToo long for this tracker, and left out: ")
          .append(String.join(", ", left))
          .append(". The report of the run has it.\n");
    }
    return text.toString();
  }
}
