package dev.tare.batch;

import dev.tare.stop.StopSignal;
import dev.tare.store.RunLocks;
import dev.tare.store.StateQueries;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

/** What Spring provides: the job's machinery and its database. */
public record BatchInfrastructure(
    JobOperator operator,
    JobRepository repository,
    PlatformTransactionManager transactions,
    JdbcClient jdbc,
    RunLocks locks,
    Runnable closing)
    implements AutoCloseable {
  private static final Duration LOCK_PULSE = Duration.ofSeconds(5);

  /**
   * Spring Batch over this database, in which its tables are.
   *
   * @param stop after which nothing is committed
   * @param closing closes the database
   */
  public static BatchInfrastructure over(DataSource database, StopSignal stop, Runnable closing) {
    // A transaction takes its connection at its first statement: while a layer is read, none is
    // held, and a database that is started again meanwhile is none the wiser.
    DataSource lazy = new LazyConnectionDataSourceProxy(database);
    StoppableTransactions transactions = new StoppableTransactions(lazy, stop);
    transactions.setTransactionSynchronization(
        AbstractPlatformTransactionManager.SYNCHRONIZATION_ON_ACTUAL_TRANSACTION);
    try {
      JdbcJobRepositoryFactoryBean repositories = new JdbcJobRepositoryFactoryBean();
      repositories.setDataSource(lazy);
      repositories.setTransactionManager(transactions);
      // Two runs that begin at the same time would make each other's transactions fail otherwise.
      // One run is begun once: its lock sees to that.
      repositories.setIsolationLevelForCreateEnum(Isolation.READ_COMMITTED);
      repositories.afterPropertiesSet();
      JobRepository repository = repositories.getObject();
      JobOperatorFactoryBean operators = new JobOperatorFactoryBean();
      operators.setJobRepository(repository);
      operators.setTransactionManager(transactions);
      operators.setJobRegistry(new MapJobRegistry());
      operators.afterPropertiesSet();
      return new BatchInfrastructure(
          operators.getObject(),
          repository,
          transactions,
          StateQueries.of(lazy),
          new RunLocks(database, LOCK_PULSE),
          closing);
    } catch (Exception e) {
      // The signatures say Exception; with a database that has just been prepared, none is
      // expected.
      throw new IllegalStateException("set up Spring Batch: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
