package dev.tare.batch.steps;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One piece of work in one transaction. Spring Batch's own step for that looks its execution up by
 * number among all that go on in the process, whatever their states are; this one has it.
 */
final class OnceStep extends AbstractStep {
  private final TransactionTemplate transaction;
  private final Runnable work;

  OnceStep(
      String name,
      JobRepository repository,
      PlatformTransactionManager transactions,
      Runnable work) {
    super(repository);
    setName(name);
    this.transaction = new TransactionTemplate(transactions);
    this.work = work;
  }

  @Override
  protected void doExecute(StepExecution execution) {
    transaction.executeWithoutResult(status -> work.run());
  }
}
