/** The distribution of an image, and until when it is supported. */
@NullMarked
package dev.tare.inspect.system;

import org.jspecify.annotations.NullMarked;
