package dev.tare.batch;

import java.util.HashSet;
import java.util.Set;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Makes a step that several readers of one queue do side by side, each chunk by chunk. The readers
 * of each attempt are new to Spring Batch, by their names: what is left to do is the queue's
 * business alone, so that a restart may have more of them or fewer. docs/adr/013 says why.
 */
public final class SideBySide {
  private final JobRepository jobRepository;
  private final int readers;

  /**
   * Makes such steps.
   *
   * @param readers how many of them each step has, above 0
   */
  public SideBySide(JobRepository jobRepository, int readers) {
    this.jobRepository = jobRepository;
    this.readers = readers;
  }

  /**
   * The step. It starts in each attempt, also where it was completed before: only the store knows
   * whether something is left to do.
   *
   * @param begin called each time the step starts
   * @param reader the step that each reader executes, at the same time as the others
   */
  public Step step(String name, Runnable begin, Step reader) {
    return new StepBuilder(name, jobRepository)
        .partitioner(reader)
        .splitter(new EachAttempt(name))
        .gridSize(readers)
        .taskExecutor(new SimpleAsyncTaskExecutor(name + "-"))
        .allowStartIfComplete(true)
        .listener(
            new StepExecutionListener() {
              @Override
              public void beforeStep(StepExecution execution) {
                begin.run();
              }
            })
        .build();
  }

  /** Readers by the name of the step, the attempt and their number: {@code scanLayers:17-1}. */
  private final class EachAttempt implements StepExecutionSplitter {
    private final String stepName;

    EachAttempt(String stepName) {
      this.stepName = stepName;
    }

    @Override
    public String getStepName() {
      return stepName;
    }

    @Override
    public Set<StepExecution> split(StepExecution attempt, int count) {
      JobExecution job = attempt.getJobExecution();
      Set<StepExecution> executions = new HashSet<>();
      for (int number = 1; number <= count; number++) {
        String name = stepName + ":" + attempt.getId() + "-" + number;
        executions.add(jobRepository.createStepExecution(name, job));
      }
      return executions;
    }
  }
}
