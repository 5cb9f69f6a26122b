/** Executables, and what their content says they are. */
@NullMarked
package dev.tare.inspect.program;

import org.jspecify.annotations.NullMarked;
