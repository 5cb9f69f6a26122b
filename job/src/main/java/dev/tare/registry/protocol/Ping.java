package dev.tare.registry.protocol;

import dev.tare.http.HttpAnswer;
import dev.tare.registry.wire.RegistryHost;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether there is a registry and whether it lets these credentials in.
 *
 * @param login the repository whose login is sent; null for the login of the registry
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#determining-support">Determining
 *     support</a>
 */
record Ping(RegistryHost host, @Nullable String login) implements Endpoint<Boolean> {
  @Override
  public String target() {
    return "/v2/";
  }

  @Override
  public @Nullable String scope() {
    return null;
  }

  @Override
  public @Nullable String repository() {
    return null;
  }

  @Override
  public String action() {
    return "reach registry " + host;
  }

  @Override
  public Boolean handle(HttpAnswer response) throws IOException {
    return true;
  }
}
