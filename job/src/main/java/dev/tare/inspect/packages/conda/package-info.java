/** conda's environments. */
@NullMarked
package dev.tare.inspect.packages.conda;

import org.jspecify.annotations.NullMarked;
