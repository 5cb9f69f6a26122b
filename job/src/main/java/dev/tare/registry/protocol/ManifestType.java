package dev.tare.registry.protocol;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.MediaTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells what a document is: many builders leave it to whoever hands it out to say. */
public final class ManifestType {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ManifestType() {}

  /**
   * The media type of a manifest or index.
   *
   * @param action begins the message where it is no JSON
   * @param stated by whoever handed it out; counts where the document says nothing
   */
  public static String of(String action, byte[] content, @Nullable String stated) {
    JsonNode document;
    try {
      document = MAPPER.readTree(content);
    } catch (JacksonException e) {
      throw new TareException(
          FailureKind.BAD_CONTENT, action + ": not JSON: " + e.getOriginalMessage(), null, e);
    }
    String own = document.path("mediaType").asString("");
    if (!own.isEmpty()) {
      return checked(action, own);
    }
    if (stated != null && (MediaTypes.isManifest(stated) || MediaTypes.isIndex(stated))) {
      return stated;
    }
    // Behind some proxies everything is application/json; the shape of the document is left.
    if (document.path("manifests").isArray()) {
      return MediaTypes.OCI_INDEX;
    }
    if (document.path("config").isObject()) {
      return MediaTypes.OCI_MANIFEST;
    }
    return stated == null ? "" : checked(action, stated);
  }

  private static String checked(String action, String mediaType) {
    if (!MediaTypes.isOne(mediaType)) {
      throw new TareException(
          FailureKind.BAD_CONTENT, action + ": its media type is none that anybody has registered");
    }
    return mediaType;
  }
}
