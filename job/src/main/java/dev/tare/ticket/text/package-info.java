/** What people read of a ticket. */
@NullMarked
package dev.tare.ticket.text;

import org.jspecify.annotations.NullMarked;
