package dev.tare.registry.protocol;

import dev.tare.oci.Digest;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.RepositoryScope;
import dev.tare.registry.wire.Request;
import java.util.Map;

/**
 * Pulls a blob, or what is missing of it.
 *
 * @param offsetBytes what is there already
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs">Pulling
 *     blobs</a>
 */
record BlobGet(RegistryHost host, String repository, Digest digest, long offsetBytes)
    implements Request {
  @Override
  public String target() {
    return "/v2/" + repository + "/blobs/" + digest;
  }

  @Override
  public Map<String, String> headers() {
    // "identity": the digest is of the bytes as they are stored, whatever a proxy likes to do.
    return offsetBytes == 0
        ? Map.of("Accept-Encoding", "identity")
        : Map.of("Accept-Encoding", "identity", "Range", "bytes=" + offsetBytes + "-");
  }

  @Override
  public String scope() {
    return RepositoryScope.pull(repository);
  }

  @Override
  public String action() {
    return "pull blob " + digest + " of " + host + "/" + repository;
  }
}
