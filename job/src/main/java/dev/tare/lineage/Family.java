package dev.tare.lineage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The official image that an image seems to be built on, by what it left in the configuration.
 *
 * @param reference with the tag where the steps tell it: {@code
 *     docker.io/library/python:3.12.4-slim-bookworm}; else the repository alone; null where nothing
 *     can be named: then there are candidates
 * @param version of what the image is for, {@code 3.12.4}; null where it is not said
 * @param steps how many steps of the history are those of this image and of what it is built on; 0
 *     where nothing is named
 * @param evidence what speaks for it: {@code history}, {@code env PYTHON_VERSION=3.12.4}
 * @param confidence 0 to 1; 0 where nothing is named
 * @param candidates repositories whose variables are set above what is named, without the steps
 *     that would name one
 */
public record Family(
    @Nullable String reference,
    @Nullable String version,
    int steps,
    List<String> evidence,
    double confidence,
    List<String> candidates) {
  /** Copies the lists. */
  public Family {
    evidence = List.copyOf(evidence);
    candidates = List.copyOf(candidates);
  }
}
