package dev.tare.ticket;

import org.jspecify.annotations.Nullable;

/**
 * What a run can say of the places where images were. That a list leaves something out is nothing
 * it can say.
 */
public interface Sightings {
  /** Of a run that looked at no registry: nothing is known of any place. */
  Sightings NONE =
      new Sightings() {
        @Override
        public Sighting of(String registry, String repository, @Nullable String tag) {
          return Sighting.UNKNOWN;
        }

        @Override
        public boolean knowsAll(String registry, String repository) {
          return false;
        }
      };

  /** Of one place. */
  enum Sighting {
    /** The run read what the tag names, all platforms of it. */
    READ,
    /** There is evidence that it is not there any more. */
    GONE,
    /** Neither. */
    UNKNOWN
  }

  /**
   * What is known of a tag, or of the repository alone where an image has none.
   *
   * @param tag null for an image without one
   */
  Sighting of(String registry, String repository, @Nullable String tag);

  /** Whether every tag of the repository that was ever read was read by the run or is gone. */
  boolean knowsAll(String registry, String repository);
}
