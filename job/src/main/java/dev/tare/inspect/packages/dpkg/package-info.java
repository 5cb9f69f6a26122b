/** dpkg and distroless Debian. */
@NullMarked
package dev.tare.inspect.packages.dpkg;

import org.jspecify.annotations.NullMarked;
