package dev.tare.ticket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A ticket that could not be written.
 *
 * @param retryHelps whether reconciling the same run again may succeed
 * @param retryAfter how long the tracker asks to wait, where it says so
 */
public record TicketFailure(
    TicketAction action, String message, boolean retryHelps, @Nullable Duration retryAfter) {}
