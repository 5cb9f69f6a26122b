package dev.tare.registry;

import dev.tare.testing.DistributionBinary;
import dev.tare.testing.RegistryFixture;

class DistributionRegistryIT extends RegistryContract {
  @Override
  RegistryFixture start() {
    return DistributionBinary.start();
  }
}
