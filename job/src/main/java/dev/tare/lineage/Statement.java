package dev.tare.lineage;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An in-toto statement about an image, bare (BuildKit), in a DSSE envelope (cosign) or in a
 * Sigstore bundle. Of SLSA provenance, v0.1 to v1, the materials.
 *
 * <pre>
 * {"_type": "https://in-toto.io/Statement/v0.1", "predicateType": "https://slsa.dev/provenance/v0.2",
 *  "subject": [{"name": "…", "digest": {"sha256": "…"}}],
 *  "predicate": {"materials": [{"uri": "pkg:docker/alpine@3.18", "digest": {"sha256": "…"}}]}}
 * </pre>
 *
 * @param predicateType what is stated, by its URI
 * @param subjects digests of what it is about, those of known algorithms
 * @param materials in their order; at most {@value #MAX_MATERIALS}
 * @see <a href="https://slsa.dev/spec/v1.0/provenance">SLSA provenance v1</a>
 * @see <a href="https://slsa.dev/spec/v0.2/provenance">SLSA provenance v0.2</a>
 */
public record Statement(String predicateType, List<Digest> subjects, List<Material> materials) {
  private static final int MAX_MATERIALS = 1000;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Copies the lists. */
  public Statement {
    subjects = List.copyOf(subjects);
    materials = List.copyOf(materials);
  }

  /** Parses a statement; throws BAD_CONTENT where it is none. */
  public static Statement parse(byte[] content) {
    JsonNode root = json(content);
    JsonNode bundled = root.path("dsseEnvelope");
    JsonNode envelope = bundled.isObject() ? bundled : root;
    JsonNode payload = envelope.path("payload");
    JsonNode statement = payload.isString() ? json(decoded(payload.stringValue())) : root;
    String type = statement.path("predicateType").asString("");
    if (type.isEmpty()) {
      throw malformed("no predicateType");
    }
    JsonNode predicate = statement.path("predicate");
    JsonNode v1 = predicate.path("buildDefinition").path("resolvedDependencies");
    return new Statement(
        type,
        statement
            .path("subject")
            .valueStream()
            .map(subject -> digest(subject.path("digest")))
            .filter(digest -> digest != null)
            .toList(),
        type.startsWith("https://slsa.dev/provenance/")
            ? materials(v1.isArray() ? v1 : predicate.path("materials"))
            : List.of());
  }

  /** Whether it is about one of these; one that names no digest is about what it is attached to. */
  public boolean isAbout(Set<Digest> digests) {
    return subjects.isEmpty() || subjects.stream().anyMatch(digests::contains);
  }

  private static List<Material> materials(JsonNode array) {
    List<Material> materials = new ArrayList<>();
    for (JsonNode node : array) {
      String uri = node.path("uri").asString("");
      if (!uri.isEmpty() && materials.size() < MAX_MATERIALS) {
        materials.add(new Material(uri, digest(node.path("digest"))));
      }
    }
    return materials;
  }

  private static @Nullable Digest digest(JsonNode byAlgorithm) {
    JsonNode hash = byAlgorithm.path("sha256");
    if (!hash.isString()) {
      return null;
    }
    try {
      return new Digest("sha256", hash.stringValue());
    } catch (TareException e) {
      return null; // No digest of content: of a git commit, or nothing at all.
    }
  }

  private static byte[] decoded(String payload) {
    try {
      return Base64.getDecoder().decode(payload.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw malformed("the payload of its envelope is not base64");
    }
  }

  private static JsonNode json(byte[] content) {
    try {
      JsonNode node = MAPPER.readTree(content);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      throw malformed("not JSON: " + e.getOriginalMessage());
    }
    throw malformed("expected a JSON object");
  }

  private static TareException malformed(String why) {
    return new TareException(FailureKind.BAD_CONTENT, "in-toto statement: " + why);
  }
}
