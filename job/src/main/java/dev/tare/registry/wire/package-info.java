/** HTTP as registries speak it: one request, its answer, what a failure means. */
@NullMarked
package dev.tare.registry.wire;

import org.jspecify.annotations.NullMarked;
