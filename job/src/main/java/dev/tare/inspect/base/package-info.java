/** Which kind of base an image has. */
@NullMarked
package dev.tare.inspect.base;

import org.jspecify.annotations.NullMarked;
