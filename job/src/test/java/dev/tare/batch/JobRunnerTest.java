package dev.tare.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tare.error.TareException;
import dev.tare.stop.StopSignal;
import dev.tare.stop.StoppedException;
import dev.tare.store.StoreSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** What a process may leave behind of a job, and the same job again. */
class JobRunnerTest {
  private static final String RUN = "20260101-000000-0000";

  private final List<String> done = new ArrayList<>();
  private StopSignal stop = new StopSignal();
  private HikariDataSource database;
  private BatchInfrastructure batch;
  private Runnable second = () -> {};

  @BeforeEach
  void open() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:h2:mem:runner;DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
    database = new HikariDataSource(config);
    new StoreSchema(database).prepare();
    batch = BatchInfrastructure.over(database, stop, database::close);
  }

  @AfterEach
  void close() {
    batch.jdbc().sql("SHUTDOWN").update();
    batch.close();
  }

  /** What another process is: everything but the database is new. */
  private void anotherProcess() {
    stop = new StopSignal();
    batch = BatchInfrastructure.over(database, stop, database::close);
  }

  private void run() {
    new JobRunner(batch.operator(), batch.repository(), stop).run(job(), RUN);
  }

  private Job job() {
    return new JobBuilder("scan", batch.repository())
        .start(step("first", () -> {}))
        .next(step("second", second))
        .build();
  }

  private Step step(String name, Runnable work) {
    return new StepBuilder(name, batch.repository())
        .tasklet(
            (contribution, context) -> {
              work.run();
              done.add(name);
              return RepeatStatus.FINISHED;
            },
            batch.transactions())
        .build();
  }

  static Stream<Arguments> whatDeadProcessesLeave() {
    return Arrays.stream(BatchStatus.values())
        .filter(job -> job != BatchStatus.COMPLETED && job != BatchStatus.ABANDONED)
        .flatMap(job ->
            Arrays.stream(BatchStatus.values())
                .filter(step -> step != BatchStatus.COMPLETED && step != BatchStatus.ABANDONED)
                .map(step -> Arguments.of(job, step)));
  }

  @ParameterizedTest
  @MethodSource("whatDeadProcessesLeave")
  void jobGoesOnBehindItsLastCompleteStep(BatchStatus ofJob, BatchStatus ofStep) {
    second =
        () -> {
          throw new IllegalStateException("fails");
        };
    assertThatThrownBy(this::run).isInstanceOf(TareException.class);
    batch
        .jdbc()
        .sql("UPDATE batch_job_execution SET status = ?, end_time = NULL")
        .param(ofJob.name())
        .update();
    batch
        .jdbc()
        .sql("UPDATE batch_step_execution SET status = ? WHERE step_name = 'second'")
        .param(ofStep.name())
        .update();
    second = () -> {};
    anotherProcess();
    run();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void jobThatHadNoExecutionYetIsBegun() {
    batch
        .repository()
        .createJobInstance(
            "scan", new JobParametersBuilder().addString("run", RUN).toJobParameters());
    run();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void completeJobWhoseRunDoesNotSaySoIsNotRunAgain() {
    run();
    anotherProcess();
    run();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void stopBeforeTheJobBeginsLeavesNothingOfIt() {
    stop.raise();
    assertThatThrownBy(this::run)
        .isInstanceOf(StoppedException.class)
        .hasMessage("run " + RUN + " was interrupted; the same command resumes it");
    assertThat(done).isEmpty();
    anotherProcess();
    run();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void whatFailsOrIsWrittenAfterTheStopIsNotRecorded() {
    second =
        () -> {
          stop.raise();
          batch.jdbc().sql("INSERT INTO tare_schema (version) VALUES (99)").update();
        };
    assertThatThrownBy(this::run).isInstanceOf(StoppedException.class);
    second = () -> {};
    anotherProcess();
    assertThat(
            batch
                .jdbc()
                .sql("SELECT count(*) FROM tare_schema WHERE version = 99")
                .query(Integer.class)
                .single())
        .isZero();
    done.clear();
    run();
    assertThat(done).containsExactly("second");
  }

  @Test
  void failureAfterTheStopIsTheStop() {
    second =
        () -> {
          stop.raise();
          throw new IllegalStateException("was cut off");
        };
    assertThatThrownBy(this::run).isInstanceOf(StoppedException.class);
  }

  /** And not that a partition handler returned an unsuccessful step. */
  @Test
  void failureOfOneOfSeveralReadersIsTold() {
    Step reader =
        new StepBuilder("reader", batch.repository())
            .tasklet(
                (contribution, context) -> {
                  throw new IllegalStateException("the row is gone");
                },
                batch.transactions())
            .build();
    Job job =
        new JobBuilder("scan", batch.repository())
            .start(new SideBySide(batch.repository(), 2).step("evaluate", () -> {}, reader))
            .build();
    assertThatThrownBy(
            () -> new JobRunner(batch.operator(), batch.repository(), stop).run(job, RUN))
        .isInstanceOf(TareException.class)
        .hasMessageContaining("the row is gone");
  }
}
