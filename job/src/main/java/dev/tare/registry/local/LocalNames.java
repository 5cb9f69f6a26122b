package dev.tare.registry.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Names of files and images as a source that is no registry has them. */
final class LocalNames {
  private static final int LONGEST_REPOSITORY = 200;
  private static final int LONGEST_SHOWN = 100;

  private LocalNames() {}

  /** Without {@code .} and {@code ..}; what leads upwards ends at the top. */
  static String normalised(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  /** A repository name out of any: {@code localhost:5000/Team/App} is localhost-5000/team/app. */
  static String repository(String name) {
    if (name.length() > LONGEST_REPOSITORY) {
      return "image";
    }
    String lower = name.toLowerCase(Locale.ROOT);
    StringBuilder valid = new StringBuilder();
    for (String part : lower.split("/", -1)) {
      String clean =
          part.replaceAll("[^a-z0-9._-]+", "-")
              .replaceAll("[._-]*[.-][._-]*|_{3,}", "-")
              .replaceAll("^[._-]+|[._-]+$", "");
      // One dot is valid between letters; runs of separators were made one dash.
      if (part.matches("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*")) {
        clean = part;
      }
      if (!clean.isEmpty()) {
        valid.append(valid.isEmpty() ? "" : "/").append(clean);
      }
    }
    return valid.isEmpty() ? "image" : valid.toString();
  }

  /** Cut to what a message can hold. */
  static String shown(String text) {
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
  }
}
