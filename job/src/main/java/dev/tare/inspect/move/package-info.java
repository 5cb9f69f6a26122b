/** What layers need and change of the base below them, so that they can be laid over another. */
@NullMarked
package dev.tare.inspect.move;

import org.jspecify.annotations.NullMarked;
