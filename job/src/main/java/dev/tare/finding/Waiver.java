package dev.tare.finding;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's answer for a failed rule: why, who, until when (inclusive), and under which ticket.
 */
public record Waiver(String reason, String owner, LocalDate expires, @Nullable String ticket) {}
