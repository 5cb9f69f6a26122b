package dev.tare.registry;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pulls a manifest or index and verifies its digest: the one it was asked for by, else the one the
 * registry states.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests">Pulling
 *     manifests</a>
 */
record ManifestGet(Reference image) implements ManifestRequest, Endpoint<FetchedManifest> {
  /** What the specification lets a registry refuse: no image's manifest comes near. */
  static final int LONGEST_BYTES = 4 * 1024 * 1024;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @Override
  public String action() {
    return "pull manifest " + image;
  }

  @Override
  public FetchedManifest handle(RegistryResponse response) throws IOException {
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
        new Descriptor(mediaType(content, response.mediaType()), actual, content.length), content);
  }

  /** What the document says it is; many builders leave it to the registry to say. */
  private String mediaType(byte[] content, @Nullable String contentType) {
    JsonNode document;
    try {
      document = MAPPER.readTree(content);
    } catch (JacksonException e) {
      throw new TareException(
          FailureKind.BAD_CONTENT, action() + ": not JSON: " + e.getOriginalMessage(), null, e);
    }
    String own = document.path("mediaType").asString("");
    if (!own.isEmpty()) {
      return own;
    }
    if (contentType != null
        && (MediaTypes.isManifest(contentType) || MediaTypes.isIndex(contentType))) {
      return contentType;
    }
    // Behind some proxies everything is application/json; the shape of the document is left.
    if (document.path("manifests").isArray()) {
      return MediaTypes.OCI_INDEX;
    }
    if (document.path("config").isObject()) {
      return MediaTypes.OCI_MANIFEST;
    }
    return contentType == null ? "" : contentType;
  }
}
