/** How a tracker is asked over HTTP. */
@NullMarked
package dev.tare.ticket.tracker.web;

import org.jspecify.annotations.NullMarked;
