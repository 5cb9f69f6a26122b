package dev.tare.testing;

import dev.tare.demo.LoopbackRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Tare's own loopback registry. */
public final class LoopbackFixture implements RegistryFixture {
  private final LoopbackRegistry registry;

  private LoopbackFixture(LoopbackRegistry registry) {
    this.registry = registry;
  }

  /** Starts one in memory. */
  public static LoopbackFixture start() {
    try {
      return new LoopbackFixture(LoopbackRegistry.inMemory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String host() {
    return registry.host();
  }

  @Override
  public void close() {
    registry.close();
  }
}
