package dev.tare.batch;

import dev.tare.registry.ImageSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The image sources of a run, one a registry, opened when first asked for. Safe for concurrent use.
 */
public final class Sources implements AutoCloseable {
  private final Function<String, ImageSource> opener;
  private final Map<String, ImageSource> open = new LinkedHashMap<>();

  /** Opens sources with this function from a registry's host and port. */
  public Sources(Function<String, ImageSource> opener) {
    this.opener = opener;
  }

  /** The source of this registry. */
  public synchronized ImageSource of(String registry) {
    return open.computeIfAbsent(registry, opener);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(ImageSource::close);
    open.clear();
  }
}
