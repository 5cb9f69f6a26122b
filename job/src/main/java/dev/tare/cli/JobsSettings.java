package dev.tare.cli;

import dev.tare.registry.RegistryOptions;
import dev.tare.store.StateLocation;

/**
 * How to open a state with its jobs.
 *
 * @param state where it is
 * @param registries how to talk to registries
 * @param parallelism how much goes on side by side
 * @param wholeLayers whether layers that have a table of contents are read whole too
 */
public record JobsSettings(
    StateLocation state, RegistryOptions registries, int parallelism, boolean wholeLayers) {}
