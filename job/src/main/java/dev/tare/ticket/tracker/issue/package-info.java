/** Tickets as issues of a project: what the trackers that have issues have in common. */
@NullMarked
package dev.tare.ticket.tracker.issue;

import org.jspecify.annotations.NullMarked;
