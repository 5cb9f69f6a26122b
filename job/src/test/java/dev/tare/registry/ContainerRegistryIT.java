package dev.tare.registry;

import dev.tare.testing.RegistryContainer;
import dev.tare.testing.RegistryFixture;

class ContainerRegistryIT extends RegistryContract {
  @Override
  RegistryFixture start() {
    return RegistryContainer.start();
  }
}
