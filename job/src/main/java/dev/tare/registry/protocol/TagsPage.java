package dev.tare.registry.protocol;

import dev.tare.http.HttpAnswer;
import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.RepositoryScope;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lists the tags of a repository.
 *
 * @param query percent-encoded
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags">Listing
 *     tags</a>
 */
record TagsPage(RegistryHost host, String repository, @Nullable String query)
    implements Endpoint<Page> {
  @Override
  public String target() {
    return "/v2/" + repository + "/tags/list" + (query == null ? "" : "?" + query);
  }

  @Override
  public String scope() {
    return RepositoryScope.pull(repository);
  }

  @Override
  public String action() {
    return "list tags of " + host + "/" + repository;
  }

  @Override
  public Page handle(HttpAnswer response) throws IOException {
    return Page.read(this, "tags", response);
  }
}
