package dev.tare.app;

import dev.tare.testing.DistributionBinary;
import dev.tare.testing.RegistryFixture;

class DistributionScanIT extends ScanContract {
  @Override
  RegistryFixture start() {
    return DistributionBinary.start();
  }
}
