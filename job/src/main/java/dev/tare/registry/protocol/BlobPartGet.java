package dev.tare.registry.protocol;

import dev.tare.oci.Digest;
import dev.tare.registry.wire.PullScope;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.Request;
import java.util.Map;

/**
 * Pulls a part of a blob.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs">Pulling
 *     blobs</a>
 */
record BlobPartGet(
    RegistryHost host, String repository, Digest digest, long offsetBytes, long lengthBytes)
    implements Request {
  @Override
  public String target() {
    return "/v2/" + repository + "/blobs/" + digest;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Accept-Encoding", "identity", "Range", "bytes=" + range());
  }

  /** First and last byte: {@code 0-499}. */
  String range() {
    return offsetBytes + "-" + (offsetBytes + lengthBytes - 1);
  }

  @Override
  public String scope() {
    return PullScope.of(repository);
  }

  @Override
  public String action() {
    return "pull bytes " + range() + " of blob " + digest + " of " + host + "/" + repository;
  }
}
