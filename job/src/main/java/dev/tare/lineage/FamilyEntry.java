package dev.tare.lineage;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One official image of {@code config/families.yaml}.
 *
 * @param repository {@code docker.io/library/python}
 * @param variable that holds the version; null where none does
 * @param rewritten whether its tags write the version otherwise than the variable: {@code
 *     jdk-21.0.4+7} is {@code 21.0.4_7}
 * @param os ID of os-release of a root image; null for an image that is built on others
 * @param parts how many numbers of VERSION_ID make a suite: {@code 3.20} of {@code 3.20.2}
 * @param suites names of suites, by these numbers
 */
record FamilyEntry(
    String repository,
    @Nullable String variable,
    boolean rewritten,
    @Nullable String os,
    int parts,
    Map<String, String> suites,
    List<Shape> shapes) {
  private static final Pattern PLAIN = Pattern.compile("\\d[\\w.]*");
  private static final Pattern NUMBER =
      Pattern.compile("[A-Za-z]{0,5}-?(\\d+(?:\\.\\d+)+)(?:[-+].*)?");
  private static final Pattern JAVA = Pattern.compile("(?:jdk-?)?(\\d[\\w.]*(?:[-+][\\w.]+)?)");

  /**
   * What it left, in one of its variants.
   *
   * @param on the name of the official image that this variant is built on; null for a root image
   * @param tag of this variant, with {@code {version}}, {@code {suite}} and {@code {release}} in
   *     it; null where the steps do not tell
   * @param passing whether other images look the same, so that this one is never named
   */
  record Shape(@Nullable String on, @Nullable String tag, boolean passing, List<StepShape> steps) {
    Shape {
      steps = List.copyOf(steps);
    }

    /** Whether the steps from there on are these. */
    boolean fits(List<BuildStep> history, int from) {
      if (history.size() - from < steps.size()) {
        return false;
      }
      for (int i = 0; i < steps.size(); i++) {
        if (!steps.get(i).fits(history.get(from + i))) {
          return false;
        }
      }
      return true;
    }
  }

  FamilyEntry {
    suites = Map.copyOf(suites);
    shapes = List.copyOf(shapes);
  }

  /** The last part of the repository's name, by which shapes name it. */
  String name() {
    return repository.substring(repository.lastIndexOf('/') + 1);
  }

  /** The version as tags write it; null where the variable's value is none. */
  @Nullable String version(String value) {
    Matcher matcher = (rewritten ? JAVA : PLAIN).matcher(value);
    if (matcher.matches()) {
      return rewritten ? matcher.group(1).replace('+', '_') : value;
    }
    Matcher number = NUMBER.matcher(value);
    return number.matches() ? number.group(1) : null;
  }

  /** The suite of a root image's release: {@code bookworm}, {@code 3.20}; null without one. */
  @Nullable String suite(@Nullable String release) {
    if (release == null || release.isEmpty()) {
      return null;
    }
    List<String> numbers = List.of(release.split("\\.", -1));
    String first = String.join(".", numbers.subList(0, Math.min(parts, numbers.size())));
    return suites.isEmpty() ? first : suites.get(first);
  }
}
