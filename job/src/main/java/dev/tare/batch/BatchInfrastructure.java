package dev.tare.batch;

import javax.sql.DataSource;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** What Spring provides: the job's machinery and its database. */
public record BatchInfrastructure(
    JobOperator operator,
    JobRepository repository,
    PlatformTransactionManager transactions,
    JdbcClient jdbc,
    Runnable closing)
    implements AutoCloseable {
  /**
   * Spring Batch over this database, in which its tables are.
   *
   * @param closing closes the database
   */
  public static BatchInfrastructure over(DataSource database, Runnable closing) {
    PlatformTransactionManager transactions = new JdbcTransactionManager(database);
    try {
      JdbcJobRepositoryFactoryBean repositories = new JdbcJobRepositoryFactoryBean();
      repositories.setDataSource(database);
      repositories.setTransactionManager(transactions);
      repositories.afterPropertiesSet();
      JobRepository repository = repositories.getObject();
      JobOperatorFactoryBean operators = new JobOperatorFactoryBean();
      operators.setJobRepository(repository);
      operators.setTransactionManager(transactions);
      operators.setJobRegistry(new MapJobRegistry());
      operators.afterPropertiesSet();
      return new BatchInfrastructure(
          operators.getObject(), repository, transactions, JdbcClient.create(database), closing);
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
