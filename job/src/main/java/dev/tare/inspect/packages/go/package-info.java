/** What Go programs say they were built of. */
@NullMarked
package dev.tare.inspect.packages.go;

import org.jspecify.annotations.NullMarked;
