package dev.tare.app;

import dev.tare.testing.LoopbackFixture;
import dev.tare.testing.RegistryFixture;

class LoopbackScanIT extends ScanContract {
  @Override
  RegistryFixture start() {
    return LoopbackFixture.start();
  }
}
