/** Tickets as issues of Gitea and Forgejo. */
@NullMarked
package dev.tare.ticket.tracker.gitea;

import org.jspecify.annotations.NullMarked;
