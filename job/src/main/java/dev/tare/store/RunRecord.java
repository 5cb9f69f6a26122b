package dev.tare.store;

import dev.tare.finding.RunKind;
import dev.tare.finding.RunSummary;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is listed.
 *
 * @param identity equal for runs of the same command
 * @param kind what it counts as
 * @param finished whether it has reported and needs nothing more
 * @param sourceRun the run whose facts were judged again, null where it measured its own
 * @param finishedAt null until it was summed up, which is before it reports
 * @param summary null until then
 */
public record RunRecord(
    String id,
    String identity,
    RunKind kind,
    boolean finished,
    @Nullable String sourceRun,
    String toolVersion,
    List<String> targets,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable RunSummary summary) {}
