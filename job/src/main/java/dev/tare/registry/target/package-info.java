/** The order of the tags of a target. */
@NullMarked
package dev.tare.registry.target;

import org.jspecify.annotations.NullMarked;
