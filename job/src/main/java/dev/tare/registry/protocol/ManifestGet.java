package dev.tare.registry.protocol;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpAnswer;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import java.io.IOException;

/**
 * Pulls a manifest or index and verifies its digest: the one it was asked for by, else the one the
 * registry states.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests">Pulling
 *     manifests</a>
 */
public record ManifestGet(Reference image) implements ManifestRequest, Endpoint<FetchedManifest> {
  /** What the specification lets a registry refuse: no image's manifest comes near. */
  public static final int LONGEST_BYTES = 4 * 1024 * 1024;

  @Override
  public String action() {
    return "pull manifest " + image;
  }

  @Override
  public FetchedManifest handle(HttpAnswer response) throws IOException {
    byte[] content = response.body(action(), "the manifest", LONGEST_BYTES);
    String stated = response.header("Docker-Content-Digest");
    Digest expected = image.digest();
    if (expected == null && stated != null) {
      expected = Digest.parse(stated);
    }
    Digest actual =
        expected == null
            ? Digest.sha256(content)
            : expected.withHash(expected.newMessageDigest().digest(content));
    if (expected != null && !actual.equals(expected)) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          action()
              + ": the content has digest "
              + actual
              + ", expected "
              + expected
              + ", of "
              + content.length
              + " bytes");
    }
    return new FetchedManifest(
        new Descriptor(
            ManifestType.of(action(), content, response.mediaType()), actual, content.length),
        content);
  }
}
