/** The layers of an image applied in order: what a container sees, and what is hidden. */
@NullMarked
package dev.tare.inspect.tree;

import org.jspecify.annotations.NullMarked;
