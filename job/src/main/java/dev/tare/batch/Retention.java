package dev.tare.batch;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.store.RepositoryForgetter;
import dev.tare.store.RunPruner;
import dev.tare.store.RunRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes out of the state what nobody needs any more, or what nobody may know any more. */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final JobParts parts;
  private final JobRunner runner;
  private final TransactionTemplate transaction;
  private final RunPruner pruner;
  private final RepositoryForgetter repositories;

  Retention(JobParts parts, JobRunner runner) {
    this.parts = parts;
    this.runner = runner;
    this.transaction = new TransactionTemplate(parts.batch().transactions());
    this.pruner = new RunPruner(parts.batch().jdbc());
    this.repositories = new RepositoryForgetter(parts.batch().jdbc());
  }

  /**
   * Forgets all but the newest runs of each kind and list of targets, and what inspections and
   * failed runs left.
   *
   * @param dryRun whether they are only named
   * @return identifiers of the listed runs that are forgotten, the newest first
   */
  public List<String> prune(int keep, boolean dryRun) {
    List<String> old = pruner.olderThanNewest(keep);
    if (!dryRun) {
      forget(withAbandoned(old));
    }
    return old;
  }

  /**
   * Forgets all but the newest runs of the targets of this one, evaluations and demos counted apart
   * from scans. What no run refers to goes with them: to look for it takes longer than to tell that
   * an image did not change. The run has ended well whether that succeeds or not.
   */
  public void keepNewest(int keep, String runId) {
    try {
      List<String> all = withAbandoned(pruner.olderThanNewest(keep, runId));
      if (!all.isEmpty()) {
        forget(all);
      }
    } catch (DataAccessException | TransactionException e) {
      LOG.atWarn()
          .addKeyValue("run", runId)
          .setCause(e)
          .log("older runs could not be forgotten; the next scan tries again");
    }
  }

  private List<String> withAbandoned(List<String> runs) {
    List<String> all = new ArrayList<>(runs);
    all.addAll(pruner.abandoned(parts.settings().clock().instant()));
    return all;
  }

  private void forget(List<String> runs) {
    Instant now = parts.settings().clock().instant();
    for (String run : runs) {
      transaction.executeWithoutResult(status -> pruner.prune(run));
      runner.forget(run);
    }
    if (!Boolean.TRUE.equals(transaction.execute(status -> pruner.sweep(now)))) {
      LOG.atInfo().log("a run is going on: what no run needs is removed with the next pruning");
    }
    parts.written();
  }

  /** The repositories that the state knows, as references name them, sorted. */
  public List<String> repositories() {
    return repositories.known();
  }

  /** What the state knows of one of its {@link #repositories}. */
  public RepositoryForgetter.Known known(String repository) {
    return repositories.of(repository);
  }

  /**
   * Removes one of the {@link #repositories} from all runs, which are added up again. What other
   * repositories have too stays theirs.
   *
   * @throws TareException ENVIRONMENT while somebody works on a run
   */
  public void forget(String repository) {
    Instant now = parts.settings().clock().instant();
    boolean done =
        Boolean.TRUE.equals(
            transaction.execute(status -> {
              if (!pruner.isAlone()) {
                return false;
              }
              List<String> runs = repositories.runs(repository);
              repositories.forget(repository);
              runs.forEach(this::addUpAgain);
              return pruner.sweep(now);
            }));
    if (!done) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "forget " + repository + ": a run is going on",
          "Wait for it to end: it may be about to look at the repository.");
    }
    parts.written();
  }

  private void addUpAgain(String runId) {
    RunRecord run = parts.stores().runs().find(runId).orElse(null);
    Instant finishedAt = run == null ? null : run.finishedAt();
    if (finishedAt != null) {
      parts.stores().runs().summarise(runId, finishedAt, parts.stores().summary(runId));
    }
  }
}
