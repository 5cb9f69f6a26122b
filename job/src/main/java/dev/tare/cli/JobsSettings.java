package dev.tare.cli;

import dev.tare.registry.RegistryOptions;
import dev.tare.store.StateLocation;
import java.util.List;

/**
 * How to open a state with its jobs.
 *
 * @param state where it is
 * @param registries how to talk to registries
 * @param parallelism how much goes on side by side
 * @param wholeLayers whether layers that have a table of contents are read whole too
 * @param trustedSboms paths in images of SBOMs whose word counts as if it were measured
 */
public record JobsSettings(
    StateLocation state,
    RegistryOptions registries,
    int parallelism,
    boolean wholeLayers,
    List<String> trustedSboms) {
  /** Copies the list. */
  public JobsSettings {
    trustedSboms = List.copyOf(trustedSboms);
  }
}
