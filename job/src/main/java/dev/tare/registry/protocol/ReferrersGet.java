package dev.tare.registry.protocol;

import dev.tare.http.HttpAnswer;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageIndex;
import dev.tare.oci.MediaTypes;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.RepositoryScope;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what is attached to a manifest: signatures, attestations, SBOMs.
 *
 * @param query percent-encoded, of a following page; null for the first
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers">Listing
 *     referrers</a>
 */
record ReferrersGet(RegistryHost host, String repository, Digest subject, @Nullable String query)
    implements Endpoint<ReferrersGet.Part> {
  /**
   * A part of the list.
   *
   * @param nextQuery what to ask for the next part with, null where this is the last
   */
  record Part(List<Descriptor> referrers, @Nullable String nextQuery) {}

  @Override
  public String target() {
    return "/v2/" + repository + "/referrers/" + subject + (query == null ? "" : "?" + query);
  }

  @Override
  public List<String> accept() {
    return List.of(MediaTypes.OCI_INDEX);
  }

  @Override
  public String scope() {
    return RepositoryScope.pull(repository);
  }

  @Override
  public String action() {
    return "list referrers of " + host + "/" + repository + "@" + subject;
  }

  @Override
  public Part handle(HttpAnswer response) throws IOException {
    byte[] body = response.body(action(), "the list", ManifestGet.LONGEST_BYTES);
    return new Part(
        ImageIndex.parse(body, MediaTypes.OCI_INDEX).manifests(), Link.nextQuery(response));
  }
}
