/** The tools of an image, and which of them its entrypoint uses. */
@NullMarked
package dev.tare.inspect.tool;

import org.jspecify.annotations.NullMarked;
