package dev.tare.store;

import dev.tare.finding.RunSummary;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is listed.
 *
 * @param identity equal for runs of the same command
 * @param sourceRun the run whose facts were judged again, null for a scan
 * @param finishedAt null while it runs, or where it was interrupted
 * @param summary null until it is finished
 */
public record RunRecord(
    String id,
    String identity,
    @Nullable String sourceRun,
    String toolVersion,
    List<String> targets,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable RunSummary summary) {}
