/** What Go programs say they were built from. */
@NullMarked
package dev.tare.inspect.packages.go;

import org.jspecify.annotations.NullMarked;
