/** Python packages. */
@NullMarked
package dev.tare.inspect.packages.python;

import org.jspecify.annotations.NullMarked;
