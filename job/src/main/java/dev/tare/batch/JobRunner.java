package dev.tare.batch;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.stop.StopSignal;
import dev.tare.stop.StoppedException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Runs a job to its end; where an earlier process ended in the middle of it, resumes it.
 *
 * <p>A job that is stopped is not stopped by Spring Batch, which says so in the database while the
 * thread that runs it still says something else: its transactions end, see {@link
 * StoppableTransactions}, so that there is one way to go on, from what a process that was killed
 * leaves.
 */
final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final String RUN = "run";

  private final JobOperator operator;
  private final JobRepository repository;
  private final StopSignal stop;

  JobRunner(JobOperator operator, JobRepository repository, StopSignal stop) {
    this.operator = operator;
    this.repository = repository;
    this.stop = stop;
  }

  /**
   * Runs the job of this run to its end.
   *
   * @throws StoppedException where the process is to end before that
   */
  void run(Job job, String runId) {
    try {
      stop.check();
      JobParameters parameters = parameters(runId);
      JobInstance begun = repository.getJobInstance(job.getName(), parameters);
      if (begun != null && isCompleteAfterRecovery(begun, runId)) {
        return;
      }
      JobExecution execution = operator.start(job, parameters);
      if (execution.getStatus() != BatchStatus.COMPLETED) {
        throw cause(execution);
      }
    } catch (JobExecutionException | RuntimeException e) {
      if (stop.isRaised()) {
        throw new StoppedException(
            "run "
                + runId
                + " was interrupted; the same command "
                + (job.isRestartable() ? "resumes it" : "begins again"));
      }
      if (e instanceof RuntimeException failure) {
        throw failure;
      }
      throw new TareException(
          FailureKind.INTERNAL, "start job of run " + runId + ": " + e.getMessage(), null, e);
    }
  }

  /**
   * Makes of what a process left in the middle of a job what can be started again. The process is
   * gone: the lock of the run is held by this one.
   *
   * @return whether it had completed the job, and only not said so of the run
   */
  private boolean isCompleteAfterRecovery(JobInstance begun, String runId) {
    List<JobExecution> executions = repository.getJobExecutions(begun);
    if (executions.isEmpty()) {
      repository.deleteJobInstance(begun);
    }
    // Spring Batch's times are of the machine's own zone.
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    for (JobExecution execution : executions) {
      if (execution.getStatus() == BatchStatus.COMPLETED) {
        return true;
      }
      if (isOpen(execution.getStatus())) {
        execution.setStatus(BatchStatus.FAILED);
        execution.setEndTime(now);
        repository.update(execution);
        LOG.atInfo().addKeyValue("run", runId).log("resuming a run that was cut off");
      }
      for (StepExecution step : execution.getStepExecutions()) {
        if (isOpen(step.getStatus())) {
          step.setStatus(BatchStatus.FAILED);
          step.setEndTime(now);
          repository.update(step);
        }
      }
    }
    return false;
  }

  /** Whether Spring Batch refuses to start what is in this state. */
  private static boolean isOpen(BatchStatus status) {
    return status.isRunning() || status == BatchStatus.UNKNOWN;
  }

  /** Removes what Spring Batch keeps of the jobs of a run. */
  void forget(String runId) {
    JobParameters parameters = parameters(runId);
    for (String name : repository.getJobNames()) {
      JobInstance instance = repository.getJobInstance(name, parameters);
      if (instance != null) {
        repository.deleteJobInstance(instance);
      }
    }
  }

  private static JobParameters parameters(String runId) {
    return new JobParametersBuilder().addString(RUN, runId).toJobParameters();
  }

  /** The failure that people can act on: a step's own, not the words of the framework around it. */
  private static TareException cause(JobExecution execution) {
    Deque<Throwable> causes = new ArrayDeque<>();
    execution.getStepExecutions().stream()
        .map(StepExecution::getFailureExceptions)
        .forEach(causes::addAll);
    causes.addAll(execution.getAllFailureExceptions());
    List<Throwable> failures = List.copyOf(causes);
    Throwable root = null;
    while (!causes.isEmpty()) {
      Throwable failure = causes.poll();
      if (failure instanceof TareException known) {
        return known;
      }
      if (failure.getCause() != null) {
        causes.addFirst(failure.getCause());
      } else if (root == null || root instanceof JobExecutionException) {
        // What fails later may fail because of it; the framework only says that a reader failed.
        root = failure;
      }
    }
    TareException failed =
        new TareException(
            FailureKind.INTERNAL,
            "run failed: " + (root == null ? execution.getExitStatus().getExitDescription() : root),
            "Run again with -v for the details; the same command resumes where it stopped.",
            root);
    // With all that lies above it: a word of the state's may be among that.
    failures.forEach(failed::addSuppressed);
    return failed;
  }
}
