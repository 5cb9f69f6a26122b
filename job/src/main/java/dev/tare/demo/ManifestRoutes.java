package dev.tare.demo;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v2/NAME/manifests/REFERENCE} and {@code /v2/NAME/referrers/DIGEST}. */
final class ManifestRoutes {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final RegistryContent content;

  ManifestRoutes(RegistryContent content) {
    this.content = content;
  }

  Answer manifest(Call call, Repository repository) throws IOException {
    if (call.method().equals("PUT")) {
      return push(call, repository);
    }
    Digest digest = repository.manifest(call.subject());
    if (digest == null || content.size(digest) < 0) {
      return Answer.error(404, "MANIFEST_UNKNOWN", "manifest unknown");
    }
    return switch (call.method()) {
      case "GET", "HEAD" ->
          new Answer(
              200,
              Map.of(
                  "Content-Type",
                  repository.mediaType(digest),
                  "Docker-Content-Digest",
                  digest.toString()),
              content.size(digest),
              () -> content.open(digest));
      case "DELETE" -> {
        repository.removeManifest(digest);
        yield Answer.empty(202);
      }
      default -> Answer.error(405, "UNSUPPORTED", "method not allowed");
    };
  }

  Answer referrers(Call call, Repository repository) {
    List<Map<String, Object>> manifests = new ArrayList<>();
    for (Descriptor referrer : repository.referrers(Digest.parse(call.subject()))) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("mediaType", referrer.mediaType());
      entry.put("digest", referrer.digest().toString());
      entry.put("size", referrer.sizeBytes());
      String artifactType = referrer.artifactType();
      if (artifactType != null) {
        entry.put("artifactType", artifactType);
      }
      entry.put("annotations", referrer.annotations());
      manifests.add(entry);
    }
    return Answer.json(
            200,
            Map.of("schemaVersion", 2, "mediaType", MediaTypes.OCI_INDEX, "manifests", manifests))
        .with("Content-Type", MediaTypes.OCI_INDEX);
  }

  private Answer push(Call call, Repository repository) throws IOException {
    byte[] body = call.body();
    Digest digest = Digest.sha256(body);
    boolean byDigest = call.subject().contains(":");
    if (byDigest && !digest.toString().equals(call.subject())) {
      return Answer.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
    }
    JsonNode document;
    try {
      document = MAPPER.readTree(body);
    } catch (JacksonException e) {
      return Answer.error(400, "MANIFEST_INVALID", "manifest invalid");
    }
    for (String missing : missing(document, repository)) {
      return Answer.error(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry: " + missing);
    }
    String contentType = call.header("Content-Type");
    String mediaType = document.path("mediaType").asString(contentType == null ? "" : contentType);
    content.put(digest, body);
    repository.addManifest(digest, mediaType);
    if (!byDigest) {
      repository.tag(call.subject(), digest);
    }
    Answer created =
        Answer.empty(201)
            .with("Location", "/v2/" + call.repository() + "/manifests/" + digest)
            .with("Docker-Content-Digest", digest.toString());
    String subject = document.path("subject").path("digest").asString("");
    if (subject.isEmpty()) {
      return created;
    }
    repository.addReferrer(
        Digest.parse(subject), referrer(document, mediaType, digest, body.length));
    return created.with("OCI-Subject", subject);
  }

  private static Descriptor referrer(
      JsonNode document, String mediaType, Digest digest, long sizeBytes) {
    Map<String, String> annotations = new LinkedHashMap<>();
    document
        .path("annotations")
        .properties()
        .forEach(entry -> annotations.put(entry.getKey(), entry.getValue().asString("")));
    String type = document.path("artifactType").asString("");
    return new Descriptor(
        mediaType,
        digest,
        sizeBytes,
        null,
        type.isEmpty() ? document.path("config").path("mediaType").asString("") : type,
        annotations);
  }

  /**
   * What a manifest points at and this repository does not hold; layers elsewhere are not asked.
   */
  private static List<String> missing(JsonNode document, Repository repository) {
    List<String> missing = new ArrayList<>();
    for (JsonNode manifest : document.path("manifests")) {
      String digest = manifest.path("digest").asString("");
      if (repository.manifest(digest) == null) {
        missing.add(digest);
      }
    }
    List<JsonNode> blobs = new ArrayList<>();
    if (document.path("config").isObject()) {
      blobs.add(document.path("config"));
    }
    document.path("layers").forEach(blobs::add);
    for (JsonNode blob : blobs) {
      String digest = blob.path("digest").asString("");
      boolean elsewhere = MediaTypes.isForeignLayer(blob.path("mediaType").asString(""));
      if (!elsewhere && !repository.hasBlob(Digest.parse(digest))) {
        missing.add(digest);
      }
    }
    return missing;
  }
}
