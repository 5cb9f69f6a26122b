package dev.tare.cli;

import dev.tare.registry.RegistryOptions;

/**
 * How to open a session.
 *
 * @param state a directory for an embedded database, or a JDBC URL
 * @param registries how to talk to registries
 * @param parallelism how much goes on side by side
 * @param wholeLayers whether layers that have a table of contents are read whole too
 */
public record SessionOptions(
    String state, RegistryOptions registries, int parallelism, boolean wholeLayers) {}
