package dev.tare.oci;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of {@code repository} or {@code repository:tag}. {@code *} stands for any characters of
 * one path component, {@code **} for any across components; a pattern without a tag means all tags.
 *
 * <pre>
 * team/*        team/app, not team/web/app
 * team/**       team/app, team/web/app, not team itself
 * **&#47;app        app, team/app, team/web/app
 * team/*:1.*    team/app:1.2
 * **:latest     every latest
 * </pre>
 */
public final class Glob {
  private static final int LONGEST = 512;
  private static final Pattern FORM = Pattern.compile("[a-z0-9._*/-]+(?::[A-Za-z0-9._*-]+)?");

  private final String text;
  private final Pattern repository;
  private final @Nullable Pattern tag;

  private Glob(String text, Pattern repository, @Nullable Pattern tag) {
    this.text = text;
    this.repository = repository;
    this.tag = tag;
  }

  /** Parses a pattern; throws USAGE where it holds what no repository or tag can hold. */
  public static Glob parse(String text) {
    if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
      throw new TareException(
          FailureKind.USAGE,
          "pattern \""
              + text
              + "\": expected repository or repository:tag with * and **, for example team/**:1.*");
    }
    int colon = text.indexOf(':');
    return colon < 0
        ? new Glob(text, pattern(text), null)
        : new Glob(text, pattern(text.substring(0, colon)), pattern(text.substring(colon + 1)));
  }

  /** Whether some image of this repository is meant. */
  public boolean matchesRepository(String name) {
    return repository.matcher(name).matches();
  }

  /** Whether every image of this repository is meant. */
  public boolean matchesAllOf(String name) {
    return tag == null && matchesRepository(name);
  }

  /** Whether this image is meant; an image without a tag is meant by patterns without one only. */
  public boolean matches(String name, @Nullable String imageTag) {
    return matchesRepository(name)
        && (tag == null || (imageTag != null && tag.matcher(imageTag).matches()));
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
