/** What builds left behind, and data that belongs in a volume. */
@NullMarked
package dev.tare.inspect.leftover;

import org.jspecify.annotations.NullMarked;
