/** Tickets as issues of GitHub. */
@NullMarked
package dev.tare.ticket.tracker.github;

import org.jspecify.annotations.NullMarked;
