package dev.tare.oci;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of names, of repositories above all, and the one meaning it has wherever Tare takes
 * one: {@code *} stands for any characters of one path component, {@code **} for any across
 * components, the same with a slash behind it, where a component begins, for any number of
 * components or none, {@code ?} for one character of a component.
 *
 * <pre>
 * team/*       team/app, not team/web/app
 * team/**      team/app, team/web/app, not team itself
 * **&#47;app       app, team/app, team/web/app
 * team/**&#47;app  team/app, team/web/app
 * v?           v1, not v10
 * </pre>
 */
public final class Glob {
  private final String text;
  private final Pattern pattern;

  private Glob(String text) {
    this.text = text;
    this.pattern = pattern(text);
  }

  /** Any text is a pattern: what stands for nothing else stands for itself. */
  public static Glob of(String text) {
    return new Glob(text);
  }

  /** Whether a text stands for more than itself. */
  public static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /** Patterns of several texts. */
  public static List<Glob> all(List<String> texts) {
    return texts.stream().map(Glob::of).toList();
  }

  /** Whether it stands for all of this name. */
  public boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /** Whether it stands for this repository, with or without its registry. */
  public boolean matchesRepository(String registry, String repository) {
    return matches(repository) || matches(registry + "/" + repository);
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < glob.length()) {
      boolean componentStart = at == 0 || glob.charAt(at - 1) == '/';
      if (componentStart && glob.startsWith("**/", at)) {
        regex.append("(?:.*/)?");
        at += 3;
      } else if (glob.startsWith("**", at)) {
        regex.append(".*");
        at += 2;
      } else if (glob.charAt(at) == '*') {
        regex.append("[^/]*");
        at++;
      } else if (glob.charAt(at) == '?') {
        regex.append("[^/]");
        at++;
      } else {
        regex.append(Pattern.quote(glob.substring(at, at + 1)));
        at++;
      }
    }
    return Pattern.compile(regex.toString());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Glob glob && glob.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
