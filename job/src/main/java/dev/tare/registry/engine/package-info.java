/** Speaks with container engines of this machine by the API of the Docker engine. */
@NullMarked
package dev.tare.registry.engine;

import org.jspecify.annotations.NullMarked;
