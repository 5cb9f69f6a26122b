package dev.tare.batch.artifact;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Reference;
import dev.tare.registry.ArtifactSink;
import dev.tare.registry.RegistryOptions;
import dev.tare.registry.RegistrySources;
import dev.tare.stop.StopSignal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An artifact on its way into a registry: its files one by one, then the manifest that names them.
 * What is not named yet when this ends is not there for anybody.
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidelines-for-artifact-usage">Guidelines
 *     for Artifact Usage</a>
 */
public final class PushedArtifact implements AutoCloseable {
  private static final String EMPTY_TYPE = "application/vnd.oci.empty.v1+json";
  private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

  private final Reference reference;
  private final String type;
  private final ArtifactSink sink;
  private final ArrayNode layers = JsonNodeFactory.instance.arrayNode();

  private PushedArtifact(Reference reference, String type, ArtifactSink sink) {
    this.reference = reference;
    this.type = type;
    this.sink = sink;
  }

  /**
   * Begins one; nothing is sent yet.
   *
   * @param what it is, for messages: {@code policy bundle}
   * @param type the media type that says what it is
   */
  public static PushedArtifact to(
      String location, String what, String type, RegistryOptions options, StopSignal stop) {
    Reference reference = ArtifactPlace.reference(location, what);
    return new PushedArtifact(
        reference, type, RegistrySources.sink(reference.registry(), options, stop));
  }

  /** Stores one of its files. */
  public void add(String mediaType, Map<String, String> annotations, byte[] content) {
    ObjectNode layer = described(sink.blob(reference.repository(), mediaType, content));
    annotations.forEach(layer.putObject("annotations")::put);
    layers.add(layer);
  }

  /**
   * Stores the manifest, which makes it what its name stands for.
   *
   * @return its digest
   */
  public Digest finish() {
    Descriptor config = sink.blob(reference.repository(), EMPTY_TYPE, EMPTY);
    ObjectNode manifest = JsonNodeFactory.instance.objectNode();
    manifest.put("schemaVersion", 2);
    manifest.put("mediaType", MediaTypes.OCI_MANIFEST);
    manifest.put("artifactType", type);
    manifest.set("config", described(config));
    manifest.set("layers", layers);
    return sink.manifest(
        reference, MediaTypes.OCI_MANIFEST, JsonMapper.shared().writeValueAsBytes(manifest));
  }

  private static ObjectNode described(Descriptor descriptor) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("mediaType", descriptor.mediaType())
        .put("digest", descriptor.digest().toString())
        .put("size", descriptor.sizeBytes());
  }

  @Override
  public void close() {
    sink.close();
  }
}
