package dev.tare.inspect.packages.java;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a jar says of it: builds call it by artifact and version, {@code
 * log4j-1.2-api-2.14.1.jar}, {@code org.eclipse.osgi_3.18.jar}; people call it {@code app.jar}.
 *
 * @param artifact all of the name where it has no version
 */
record JarFileName(String artifact, @Nullable String version) {
  private static final Pattern UNDERSCORED = Pattern.compile("(.+?)_(\\d[^-]*)");

  /** What may follow in a version: {@code 1.0-20240131.120000-7}, {@code 33.0-jre}. */
  private static final Pattern QUALIFIER =
      Pattern.compile(
          "\\d.*|snapshot|release|final|ga|(alpha|beta|milestone|rc|cr|sp|pre|rev|build)\\d*"
              + "|[abmrv]\\d+|jre\\d*|jdk\\d+|android",
          Pattern.CASE_INSENSITIVE);

  /** What builds put behind the version for another jar of the same artifact. */
  private static final Pattern CLASSIFIER =
      Pattern.compile(
          "all|exec|fat|jakarta|runner|shaded|sources|tests|uber|natives?|linux|osx|macos|windows"
              + "|x86_64|x86_32|amd64|arm64|aarch_?64",
          Pattern.CASE_INSENSITIVE);

  /** Of a file of this path. */
  static JarFileName of(String path, List<String> versionsInside) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    String name = dot > 0 ? file.substring(0, dot) : file;
    for (String version : versionsInside) {
      JarFileName split = splitAt(name, version);
      if (split != null) {
        return split;
      }
    }
    return split(name);
  }

  /** At a version that the jar itself says too. */
  private static @Nullable JarFileName splitAt(String name, String version) {
    for (int at = name.indexOf(version); at > 1; at = name.indexOf(version, at + 1)) {
      int end = at + version.length();
      char before = name.charAt(at - 1);
      boolean isWhole = end == name.length() || name.charAt(end) == '-';
      if ((before == '-' || before == '_') && isWhole) {
        return new JarFileName(name.substring(0, at - 1), version);
      }
    }
    return null;
  }

  private static JarFileName split(String name) {
    List<String> parts = List.of(name.split("-", -1));
    int end = parts.size();
    while (end > 1 && CLASSIFIER.matcher(parts.get(end - 1)).matches()) {
      end--;
    }
    int at = end;
    for (int part = end - 1; part > 0 && QUALIFIER.matcher(parts.get(part)).matches(); part--) {
      if (Character.isDigit(parts.get(part).charAt(0))) {
        at = part;
      }
    }
    if (at < end) {
      return new JarFileName(
          String.join("-", parts.subList(0, at)), String.join("-", parts.subList(at, end)));
    }
    Matcher underscored = UNDERSCORED.matcher(name);
    return underscored.matches()
        ? new JarFileName(underscored.group(1), underscored.group(2))
        : new JarFileName(name, null);
  }

  /** As a module of Java would be called that is named after it. */
  String dotted() {
    return dotted(artifact);
  }

  static String dotted(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
  }
}
