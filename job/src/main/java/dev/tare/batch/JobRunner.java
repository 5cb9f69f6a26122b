package dev.tare.batch;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Starts a job and waits for it; where an earlier process was killed in the middle of it, resumes
 * it. A stop from another thread takes effect at the next chunk.
 */
final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final String RUN = "run";

  private final JobOperator operator;
  private final JobRepository repository;
  private volatile @Nullable Job running;
  private volatile boolean stopRequested;
  private volatile CountDownLatch ended = new CountDownLatch(0);

  JobRunner(JobOperator operator, JobRepository repository) {
    this.operator = operator;
    this.repository = repository;
  }

  /** How a job ended, where it did not fail. */
  enum Ending {
    COMPLETED,
    STOPPED
  }

  /** Runs the job of this run to its end. */
  Ending run(Job job, String runId) {
    JobParameters parameters = parameters(runId);
    JobExecution earlier = repository.getLastJobExecution(job.getName(), parameters);
    if (earlier != null && (earlier.isRunning() || earlier.isStopping())) {
      // Its process is gone: the database is held by this one alone.
      operator.recover(earlier);
      LOG.atInfo().addKeyValue("run", runId).log("resuming a run that was killed");
    }
    running = job;
    ended = new CountDownLatch(1);
    try {
      return ending(operator.start(job, parameters));
    } catch (JobExecutionException e) {
      throw new TareException(
          FailureKind.INTERNAL, "start job of run " + runId + ": " + e.getMessage(), null, e);
    } finally {
      running = null;
      ended.countDown();
    }
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

  private static Ending ending(JobExecution execution) {
    if (execution.getStatus() == BatchStatus.COMPLETED) {
      return Ending.COMPLETED;
    }
    if (execution.getStatus() == BatchStatus.STOPPED) {
      return Ending.STOPPED;
    }
    throw cause(execution);
  }

  /** Stops the running job, if there is one, and waits for it to end. */
  void stop(Duration patience) {
    stopRequested = true;
    Job job = running;
    if (job == null) {
      return;
    }
    for (JobExecution execution : repository.findRunningJobExecutions(job.getName())) {
      try {
        operator.stop(execution);
      } catch (JobExecutionNotRunningException e) {
        LOG.atDebug().setCause(e).log("job had ended before it could be stopped");
      }
    }
    try {
      if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().log("job did not stop in time; the same command resumes it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isStopRequested() {
    return stopRequested;
  }

  /** The failure that people can act on: a step's own, not the words of the framework around it. */
  private static TareException cause(JobExecution execution) {
    Deque<Throwable> causes = new ArrayDeque<>();
    execution.getStepExecutions().stream()
        .map(StepExecution::getFailureExceptions)
        .forEach(causes::addAll);
    causes.addAll(execution.getAllFailureExceptions());
    Throwable last = null;
    while (!causes.isEmpty()) {
      Throwable failure = causes.poll();
      if (failure instanceof TareException known) {
        return known;
      }
      last = failure;
      if (failure.getCause() != null) {
        causes.addFirst(failure.getCause());
      }
    }
    return new TareException(
        FailureKind.INTERNAL,
        "run failed: " + (last == null ? execution.getExitStatus().getExitDescription() : last),
        "Run again with -v for the details; the same command resumes where it stopped.",
        last);
  }
}
