package dev.tare.batch;

import dev.tare.error.TareException;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunTerms;
import dev.tare.store.RunRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Begins runs, or goes on with them; forgets those that came to nothing. */
final class RunStarter {
  private final JobParts parts;
  private final Stores stores;

  RunStarter(JobParts parts) {
    this.parts = parts;
    this.stores = parts.stores();
  }

  /** A run that begins, or goes on. */
  record Started(RunRecord run, boolean resumed) {}

  /**
   * Begins a run, or finds the unfinished one of this identity, unless it is to start afresh.
   *
   * @param terms null where nobody is told of them
   */
  Started start(
      String identity,
      RunKind kind,
      @Nullable String sourceRun,
      List<String> targets,
      @Nullable RunTerms terms,
      boolean fresh) {
    Started started = start(identity, kind, sourceRun, targets, fresh);
    if (terms != null) {
      stores.runs().on(started.run().id(), terms);
    }
    return started;
  }

  private Started start(
      String identity,
      RunKind kind,
      @Nullable String sourceRun,
      List<String> targets,
      boolean fresh) {
    RunRecord unfinished = stores.runs().unfinished(identity).orElse(null);
    if (unfinished != null && !fresh) {
      return new Started(unfinished, true);
    }
    if (unfinished != null) {
      stores.runs().abandon(unfinished.id());
    }
    Instant now = parts.settings().clock().instant().truncatedTo(ChronoUnit.MILLIS);
    RunRecord run =
        new RunRecord(
            RunIdentity.newRunId(now, ThreadLocalRandom.current()),
            identity,
            kind,
            false,
            sourceRun,
            parts.settings().version(),
            targets,
            now,
            null,
            null);
    stores.runs().start(run);
    return new Started(run, false);
  }

  /** Nobody goes on with this run, because of this failure. */
  void abandon(RunRecord run, RuntimeException failure) {
    try {
      stores.runs().abandon(run.id());
    } catch (DataAccessException e) {
      failure.addSuppressed(e); // The state may be what failed.
    }
  }

  /** A run that has got hold of nothing is not gone on with: the same command begins again. */
  boolean hasReadNothing(RunRecord run, TareException failure) {
    try {
      return stores.images().countReadable(run.id()) == 0;
    } catch (DataAccessException e) {
      failure.addSuppressed(e); // The state may be what failed.
      return false;
    }
  }
}
