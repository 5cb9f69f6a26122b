package dev.tare.testing;

/** A registry that a test may push to and pull from, on this machine, its own, empty at first. */
public interface RegistryFixture extends AutoCloseable {
  /** Its name in references: {@code localhost:40123}. */
  String host();

  @Override
  void close();
}
