package dev.tare.store;

import dev.tare.oci.Descriptor;

/** A layer this run has to read, and a repository it can be fetched from. */
public record PendingLayer(String registry, String repository, Descriptor descriptor) {}
