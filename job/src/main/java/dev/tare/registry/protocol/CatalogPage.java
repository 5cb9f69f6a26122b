package dev.tare.registry.protocol;

import dev.tare.http.HttpAnswer;
import dev.tare.registry.wire.RegistryHost;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lists repositories. Not part of the OCI specification: Docker Hub and GitHub do not have it.
 *
 * @param query percent-encoded
 * @see <a href="https://distribution.github.io/distribution/spec/api/#catalog">Catalog</a>
 */
record CatalogPage(RegistryHost host, @Nullable String query) implements Endpoint<Page> {
  @Override
  public String target() {
    return query == null ? "/v2/_catalog" : "/v2/_catalog?" + query;
  }

  @Override
  public String scope() {
    return "registry:catalog:*";
  }

  @Override
  public @Nullable String repository() {
    return null;
  }

  @Override
  public String action() {
    return "list repositories of " + host;
  }

  @Override
  public String notFoundHint() {
    return "This registry does not list its repositories: name them as targets, for example "
        + host
        + "/team/app.";
  }

  @Override
  public Page handle(HttpAnswer response) throws IOException {
    return Page.read(this, "repositories", response);
  }
}
