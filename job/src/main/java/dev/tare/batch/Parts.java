package dev.tare.batch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.core.task.TaskExecutor;

/**
 * Makes a step whose work is divided into numbered parts that run side by side. Spring Batch keeps
 * the state of each part, so that a restart runs only those that had not completed.
 */
final class Parts {
  private static final String PART = "part";

  private final JobRepository jobRepository;
  private final TaskExecutor executor;
  private final int count;

  Parts(JobRepository jobRepository, TaskExecutor executor, int count) {
    this.jobRepository = jobRepository;
    this.executor = executor;
    this.count = count;
  }

  int count() {
    return count;
  }

  /**
   * The partitioned step.
   *
   * @param begin called each time the step starts, also when a run is resumed
   * @param divide called once a run, before the parts start for the first time, with their number
   * @param part the step that does the work of one part
   */
  Step step(String name, Runnable begin, Consumer<Integer> divide, IntFunction<Step> part) {
    Partitioner partitioner =
        gridSize -> {
          divide.accept(gridSize);
          Map<String, ExecutionContext> contexts = new LinkedHashMap<>();
          for (int i = 0; i < gridSize; i++) {
            ExecutionContext context = new ExecutionContext();
            context.putInt(PART, i);
            contexts.put(PART + i, context);
          }
          return contexts;
        };
    return new StepBuilder(name, jobRepository)
        .partitioner(name + "Part", partitioner)
        .step(new PartStep(name + "Part", part))
        .gridSize(count)
        .taskExecutor(executor)
        .listener(
            new StepExecutionListener() {
              @Override
              public void beforeStep(StepExecution execution) {
                begin.run();
              }
            })
        .build();
  }

  /** Runs the step of whichever part an execution is for. */
  private static final class PartStep implements Step {
    private final String name;
    private final IntFunction<Step> part;

    PartStep(String name, IntFunction<Step> part) {
      this.name = name;
      this.part = part;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isAllowStartIfComplete() {
      return false;
    }

    @Override
    public void execute(StepExecution execution) throws JobInterruptedException {
      part.apply(execution.getExecutionContext().getInt(PART)).execute(execution);
    }
  }
}
