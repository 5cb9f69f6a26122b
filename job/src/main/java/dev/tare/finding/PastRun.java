package dev.tare.finding;

import java.time.Instant;

/** A run of the same targets, in numbers. */
public record PastRun(String id, Instant startedAt, RunSummary summary) {}
