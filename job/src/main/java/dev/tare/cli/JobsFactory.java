package dev.tare.cli;

import dev.tare.batch.Jobs;

/** Opens a state with its jobs; takes a second or so, so commands that can do without do. */
@FunctionalInterface
public interface JobsFactory {
  /** Opens the state and all that works on it; throws ENVIRONMENT where that cannot be done. */
  Jobs open(JobsSettings options);
}
