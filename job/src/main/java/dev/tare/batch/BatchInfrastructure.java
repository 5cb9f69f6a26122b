package dev.tare.batch;

import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** What Spring provides: the job's machinery and its database. */
public record BatchInfrastructure(
    JobOperator operator,
    JobRepository repository,
    PlatformTransactionManager transactions,
    JdbcClient jdbc,
    Runnable closing)
    implements AutoCloseable {
  @Override
  public void close() {
    closing.run();
  }
}
