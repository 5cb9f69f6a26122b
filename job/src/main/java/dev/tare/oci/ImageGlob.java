package dev.tare.oci;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of {@code repository} or {@code repository:tag}, each part a {@link Glob}; without a
 * tag it means all tags.
 *
 * <pre>
 * team/*        team/app, not team/web/app
 * team/**       team/app, team/web/app, not team itself
 * **&#47;app        app, team/app, team/web/app
 * team/*:1.*    team/app:1.2
 * **:latest     every latest
 * </pre>
 */
public final class ImageGlob {
  private static final int LONGEST = 512;
  private static final Pattern FORM = Pattern.compile("[a-z0-9._*?/-]+(?::[A-Za-z0-9._*?-]+)?");

  private final String text;
  private final Glob repository;
  private final @Nullable Glob tag;

  private ImageGlob(String text, Glob repository, @Nullable Glob tag) {
    this.text = text;
    this.repository = repository;
    this.tag = tag;
  }

  /** Parses a pattern; throws USAGE where it holds what no repository or tag can hold. */
  public static ImageGlob parse(String text) {
    if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
      throw new TareException(
          FailureKind.USAGE,
          "pattern \""
              + text
              + "\": expected repository or repository:tag with *, ** and ?, for example team/**:1.*");
    }
    int colon = text.indexOf(':');
    return colon < 0
        ? new ImageGlob(text, Glob.of(text), null)
        : new ImageGlob(
            text, Glob.of(text.substring(0, colon)), Glob.of(text.substring(colon + 1)));
  }

  /** Whether some image of this repository is meant. */
  public boolean matchesRepository(String name) {
    return repository.matches(name);
  }

  /** Whether every image of this repository is meant. */
  public boolean matchesAllOf(String name) {
    return tag == null && matchesRepository(name);
  }

  /** Whether this image is meant; an image without a tag is meant by patterns without one only. */
  public boolean matches(String name, @Nullable String imageTag) {
    return matchesRepository(name) && (tag == null || (imageTag != null && tag.matches(imageTag)));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageGlob glob && glob.text.equals(text);
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
