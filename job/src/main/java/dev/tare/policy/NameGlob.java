package dev.tare.policy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern of repository or image names: {@code *} stands for anything inside one path component,
 * {@code **} for anything, {@code ?} for one character.
 */
record NameGlob(String text, Pattern pattern) {
  static NameGlob of(String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return new NameGlob(text, Pattern.compile(regex.toString()));
  }

  static List<NameGlob> all(List<String> texts) {
    return texts.stream().map(NameGlob::of).toList();
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /** Whether it names this repository, with or without its registry. */
  boolean matchesRepository(String registry, String repository) {
    return matches(repository) || matches(registry + "/" + repository);
  }
}
