package dev.tare.registry;

import dev.tare.testing.LoopbackFixture;
import dev.tare.testing.RegistryFixture;

class LoopbackContractTest extends RegistryContract {
  @Override
  RegistryFixture start() {
    return LoopbackFixture.start();
  }
}
