package dev.tare.registry.protocol;

import dev.tare.registry.wire.RegistryHost;
import dev.tare.registry.wire.RepositoryScope;
import dev.tare.registry.wire.Request;

/** What all requests that write to a repository have in common. */
interface PushRequest extends Request {
  RegistryHost host();

  @Override
  String repository();

  @Override
  default String scope() {
    return RepositoryScope.push(repository());
  }

  @Override
  default boolean writes() {
    return true;
  }

  @Override
  default String notFoundHint() {
    return "The registry may not take it, or wants the repository "
        + repository()
        + " to be made first.";
  }
}
