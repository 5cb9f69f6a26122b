/** Keeps one ticket for each repository and tag line that fails. */
@NullMarked
package dev.tare.ticket;

import org.jspecify.annotations.NullMarked;
