package dev.tare.batch;

import dev.tare.stop.StopSignal;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Transactions of which none begins or is committed once the process is to end. So what failed only
 * because it was cut off is never recorded as a failure, and a run that was stopped leaves what one
 * that was killed leaves: what had been committed before.
 */
final class StoppableTransactions extends JdbcTransactionManager {
  private static final long serialVersionUID = 1L;

  private final transient StopSignal stop;

  StoppableTransactions(DataSource database, StopSignal stop) {
    super(database);
    this.stop = stop;
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    stop.check();
    super.doBegin(transaction, definition);
  }

  @Override
  protected void prepareForCommit(DefaultTransactionStatus status) {
    stop.check();
  }
}
