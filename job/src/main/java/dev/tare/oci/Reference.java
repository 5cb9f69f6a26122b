package dev.tare.oci;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names an image in a registry: {@code registry/repository[:tag][@digest]}.
 *
 * @param registry host and optional port, {@code localhost:5000}; of images of this machine the
 *     place, {@code oci:/srv/image}
 * @param repository path inside the registry, {@code team/app}
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests">Distribution
 *     specification</a>
 */
public record Reference(
    String registry, String repository, @Nullable String tag, @Nullable Digest digest) {
  private static final Pattern REPOSITORY =
      Pattern.compile(
          "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  private static final int LONGEST_REPOSITORY = 255;

  /** Checks repository and tag. */
  public Reference {
    requireRepository(repository);
    if (tag != null) {
      requireTag(tag);
    }
  }

  /** Refuses what is no tag. */
  public static void requireTag(String tag) {
    if (!isTag(tag)) {
      throw new TareException(
          FailureKind.USAGE,
          "tag \""
              + shown(tag)
              + "\": expected up to 128 letters, digits, dots, underscores and dashes");
    }
  }

  /** Refuses what is no name of a repository. */
  public static void requireRepository(String repository) {
    // The length first: matching what is endless would end with the stack.
    if (repository.length() > LONGEST_REPOSITORY || !REPOSITORY.matcher(repository).matches()) {
      throw new TareException(
          FailureKind.USAGE,
          "repository \""
              + shown(repository)
              + "\": expected lower-case path components, for example team/app");
    }
  }

  private static String shown(String text) {
    return text.length() > LONGEST_REPOSITORY ? text.substring(0, LONGEST_REPOSITORY) + "…" : text;
  }

  /** Whether this can be a tag. */
  public static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }

  /** The image with this tag. */
  public static Reference tagged(String registry, String repository, String tag) {
    return new Reference(registry, repository, tag, null);
  }

  /** The image with this digest. */
  public static Reference byDigest(String registry, String repository, Digest digest) {
    return new Reference(registry, repository, null, digest);
  }

  /**
   * What a manifest is asked for by: the digest where there is one, else the tag, else {@code
   * latest}.
   */
  public String selector() {
    if (digest != null) {
      return digest.toString();
    }
    return tag == null ? "latest" : tag;
  }

  @Override
  public String toString() {
    return registry
        + "/"
        + repository
        + (tag == null ? "" : ":" + tag)
        + (digest == null ? "" : "@" + digest);
  }
}
