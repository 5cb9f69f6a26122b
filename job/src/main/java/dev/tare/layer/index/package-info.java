/** The sorted, compressed list of what a layer holds. */
@NullMarked
package dev.tare.layer.index;

import org.jspecify.annotations.NullMarked;
