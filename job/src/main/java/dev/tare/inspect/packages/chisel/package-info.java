/** Canonical's chisel. */
@NullMarked
package dev.tare.inspect.packages.chisel;

import org.jspecify.annotations.NullMarked;
