/** Artifacts of registries: what is no image. */
@NullMarked
package dev.tare.batch.artifact;

import org.jspecify.annotations.NullMarked;
