package dev.tare.app;

import dev.tare.testing.RegistryContainer;
import dev.tare.testing.RegistryFixture;

class ContainerScanIT extends ScanContract {
  @Override
  RegistryFixture start() {
    return RegistryContainer.start();
  }
}
