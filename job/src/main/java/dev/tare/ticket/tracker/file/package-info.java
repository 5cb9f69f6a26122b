/** Tickets as Markdown files in a directory. */
@NullMarked
package dev.tare.ticket.tracker.file;

import org.jspecify.annotations.NullMarked;
