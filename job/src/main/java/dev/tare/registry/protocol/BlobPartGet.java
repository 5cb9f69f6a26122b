package dev.tare.registry.protocol;

import dev.tare.http.HttpAnswer;
import dev.tare.oci.Digest;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.RepositoryScope;
import dev.tare.registry.wire.Request;
import java.util.Locale;
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
  private static final int PARTIAL_CONTENT = 206;

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

  /** Where it ends, as an offset in the blob. */
  long endBytes() {
    return offsetBytes + lengthBytes;
  }

  /** What is missing of it when all before this offset in the blob is there. */
  BlobPartGet from(long offset) {
    return new BlobPartGet(host, repository, digest, offset, endBytes() - offset);
  }

  /** Whether this is the part, not another and not the whole blob. */
  boolean isAnsweredBy(HttpAnswer answer) {
    String range = answer.header("Content-Range");
    return answer.status() == PARTIAL_CONTENT
        && range != null
        && range.toLowerCase(Locale.ROOT).strip().startsWith("bytes " + range() + "/");
  }

  @Override
  public String scope() {
    return RepositoryScope.pull(repository);
  }

  @Override
  public String action() {
    return "pull bytes " + range() + " of blob " + digest + " of " + host + "/" + repository;
  }
}
