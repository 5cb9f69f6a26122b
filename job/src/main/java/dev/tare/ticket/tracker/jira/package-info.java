/** Tickets as issues of Jira. */
@NullMarked
package dev.tare.ticket.tracker.jira;

import org.jspecify.annotations.NullMarked;
