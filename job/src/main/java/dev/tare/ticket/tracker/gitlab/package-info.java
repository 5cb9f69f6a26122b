/** Tickets as issues of GitLab. */
@NullMarked
package dev.tare.ticket.tracker.gitlab;

import org.jspecify.annotations.NullMarked;
