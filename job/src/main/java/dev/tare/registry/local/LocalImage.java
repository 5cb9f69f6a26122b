package dev.tare.registry.local;

import dev.tare.oci.Descriptor;
import org.jspecify.annotations.Nullable;

/**
 * An image of a source that is no registry.
 *
 * @param manifest of it, or the index of several
 */
record LocalImage(String repository, @Nullable String tag, Descriptor manifest) {}
