package dev.tare.batch;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Lets work in the middle of a transaction run without it: each of its statements takes a
 * connection, commits and gives it back.
 */
public final class OutsideTransaction {
  private static final TransactionDefinition NONE =
      new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);

  private final PlatformTransactionManager transactions;

  public OutsideTransaction(PlatformTransactionManager transactions) {
    this.transactions = transactions;
  }

  /** Runs this work. */
  public void run(Runnable work) {
    TransactionStatus none = transactions.getTransaction(NONE);
    try {
      work.run();
    } finally {
      transactions.commit(none); // Goes back to the transaction that waits.
    }
  }

  /** Runs this work, and hands out what it comes to. */
  public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
    TransactionStatus none = transactions.getTransaction(NONE);
    try {
      return work.call();
    } finally {
      transactions.commit(none); // Goes back to the transaction that waits.
    }
  }
}
