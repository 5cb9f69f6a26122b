package dev.tare.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tare.batch.steps.RunSteps;
import dev.tare.finding.RunKind;
import dev.tare.stop.StopSignal;
import dev.tare.store.RunLock;
import dev.tare.store.RunRecord;
import dev.tare.store.StoreSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class RunStepsTest {
  private static final String RUN = "20260101-000000-0000";

  /** Reports and tickets take minutes: a transaction as long as that holds up other runs. */
  @Test
  void reportsAreWrittenOutsideOfAnyTransaction() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:steps;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
    HikariDataSource database = new HikariDataSource(config);
    new StoreSchema(database).prepare();
    StopSignal stop = new StopSignal();
    List<Boolean> inTransaction = new ArrayList<>();
    Runnable look =
        () -> inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
    try (BatchInfrastructure batch = BatchInfrastructure.over(database, stop, database::close)) {
      RunSteps steps = steps(batch);
      new JobRunner(batch.operator(), batch.repository(), stop)
          .run(
              new JobBuilder("scan", batch.repository())
                  .start(steps.once("check", look))
                  .next(steps.outsideTransaction("report", look))
                  .build(),
              RUN);
    }
    assertThat(inTransaction).containsExactly(true, false);
  }

  private static RunSteps steps(BatchInfrastructure batch) {
    RunRecord run =
        new RunRecord(
            RUN,
            "identity",
            RunKind.SCAN,
            false,
            null,
            "1",
            List.of("registry.example"),
            Instant.EPOCH,
            null,
            null);
    return new RunSteps(
        batch.repository(),
        batch.transactions(),
        Stores.over(batch.jdbc(), (path, sizeBytes, mode) -> null, false),
        run,
        RunLock.unshared(),
        new Progress(),
        1,
        "program");
  }
}
