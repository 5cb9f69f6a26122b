/** Tickets as messages to whoever keeps them. */
@NullMarked
package dev.tare.ticket.tracker.webhook;

import org.jspecify.annotations.NullMarked;
