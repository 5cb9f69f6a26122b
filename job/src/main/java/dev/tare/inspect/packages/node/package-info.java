/** JavaScript packages. */
@NullMarked
package dev.tare.inspect.packages.node;

import org.jspecify.annotations.NullMarked;
