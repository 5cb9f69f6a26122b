package dev.tare.testing;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The image {@code registry:2}, where a Docker engine answers. */
public final class RegistryContainer implements RegistryFixture {
  private static final int PORT = 5000;

  private final GenericContainer<?> container;

  private RegistryContainer(GenericContainer<?> container) {
    this.container = container;
  }

  /** Starts one; skips the test where no Docker engine answers. */
  public static RegistryContainer start() {
    Programs.skipUnless(
        DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
    @SuppressWarnings("resource") // Closed by close.
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse("registry:2")).withExposedPorts(PORT);
    container.start();
    return new RegistryContainer(container);
  }

  @Override
  public String host() {
    return "localhost:" + container.getMappedPort(PORT);
  }

  @Override
  public void close() {
    container.stop();
  }
}
