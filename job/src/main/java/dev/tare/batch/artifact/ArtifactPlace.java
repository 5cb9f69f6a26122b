package dev.tare.batch.artifact;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import dev.tare.oci.WrittenName;
import java.util.Objects;

/** {@code oci://registry.example.com/team/policies:1}: where an artifact is in a registry. */
public final class ArtifactPlace {
  private static final String SCHEME = "oci://";

  private ArtifactPlace() {}

  /** Whether a location is one. */
  public static boolean isOne(String location) {
    return location.startsWith(SCHEME);
  }

  /**
   * What it names; the tag {@code latest} where it names none.
   *
   * @param what is there, {@code policy bundle}
   * @throws TareException USAGE where it names nothing
   */
  public static Reference reference(String location, String what) {
    WrittenName name =
        WrittenName.full(isOne(location) ? location.substring(SCHEME.length()) : location);
    String registry = name.registry();
    if (!isOne(location) || registry == null || registry.isEmpty() || name.path().isEmpty()) {
      throw new TareException(
          FailureKind.USAGE,
          "open " + what + " " + location + ": no name of an artifact",
          "For example oci://registry.example.com/" + what.replace(' ', '-') + "/acme:1.");
    }
    String digest = name.digest();
    return digest == null
        ? Reference.tagged(registry, name.path(), Objects.requireNonNullElse(name.tag(), "latest"))
        : Reference.byDigest(registry, name.path(), Digest.parse(digest));
  }
}
