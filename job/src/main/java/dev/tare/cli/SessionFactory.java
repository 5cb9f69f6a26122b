package dev.tare.cli;

import dev.tare.batch.Session;

/** Opens sessions; takes a second or so, so commands that can do without do. */
@FunctionalInterface
public interface SessionFactory {
  /** Opens the state and all that works on it; throws ENVIRONMENT where that cannot be done. */
  Session open(SessionOptions options);
}
