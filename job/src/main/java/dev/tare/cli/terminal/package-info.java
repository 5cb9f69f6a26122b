/** What a terminal shows, and how wide. */
@NullMarked
package dev.tare.cli.terminal;

import org.jspecify.annotations.NullMarked;
