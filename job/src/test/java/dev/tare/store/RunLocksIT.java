package dev.tare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tare.error.TareException;
import dev.tare.testing.PostgresBinary;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunLocksIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private PostgresBinary server;

  @BeforeAll
  void start() {
    server = PostgresBinary.start();
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private DataSource newState(String schema) throws SQLException {
    DataSource state = new DriverManagerDataSource(server.jdbcUrl(schema));
    new StoreSchema(state).prepare();
    return state;
  }

  @Test
  void lockIsThatOfOneRunInOneSchemaAndEndsWithIt() throws SQLException {
    RunLocks locks = new RunLocks(newState("one"), PATIENCE);
    RunLock held = locks.take("a");
    assertThatThrownBy(() -> locks.take("a"))
        .isInstanceOf(TareException.class)
        .hasMessageContaining("the same run is going on: " + System.getProperty("user.name"))
        .hasMessageContaining("(process " + ProcessHandle.current().pid() + ") since ");
    locks.take("b").close();
    new RunLocks(newState("two"), PATIENCE).take("a").close();
    held.requireHeld();
    held.close();
    held.close();
    locks.take("a").close();
  }

  @Test
  void lockWhoseConnectionBrokeIsTakenAgain() throws SQLException {
    DataSource state = newState("broken");
    RunLocks locks = new RunLocks(state, Duration.ofMillis(50));
    try (RunLock held = locks.take("a")) {
      long before = session(state);
      breakLock(state);
      assertTimeoutPreemptively(
          PATIENCE,
          () -> {
            while (sessions(state).isEmpty() || session(state) == before) {
              Thread.sleep(20);
            }
          });
      held.requireHeld();
      assertThat(locks.tryTake("a")).isEmpty();
    }
    assertThat(sessions(state)).isEmpty();
  }

  @Test
  void runWhoseLockAnotherTookMeanwhileWritesNothingMore() throws SQLException {
    DataSource state = newState("taken");
    try (RunLock held = new RunLocks(state, Duration.ofSeconds(2)).take("a")) {
      breakLock(state);
      try (RunLock other = new RunLocks(state, PATIENCE).take("a")) {
        assertTimeoutPreemptively(
            PATIENCE,
            () ->
                assertThatThrownBy(
                        () -> {
                          while (true) {
                            held.requireHeld();
                            Thread.sleep(20);
                          }
                        })
                    .isInstanceOf(TareException.class)
                    .hasMessageContaining("the same run was begun elsewhere: "));
        other.requireHeld();
      }
    }
  }

  @Test
  void processesThatOpenANewStateAtTheSameTimeMakeItOnce() throws SQLException {
    DataSource state = new DriverManagerDataSource(server.jdbcUrl("first_time"));
    List<CompletableFuture<Void>> starts =
        Stream.generate(() -> CompletableFuture.runAsync(() -> new StoreSchema(state).prepare()))
            .limit(8)
            .toList();
    starts.forEach(CompletableFuture::join);
    assertThat(
            JdbcClient.create(state)
                .sql("SELECT COUNT(*) FROM tare_schema")
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  private static List<Long> sessions(DataSource state) throws SQLException {
    return JdbcClient.create(state)
        .sql(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
                + " AND (classid::bigint << 32) | objid::bigint = ?")
        .param(key(state))
        .query((row, number) -> row.getLong(1))
        .list();
  }

  private static long key(DataSource state) throws SQLException {
    try (var connection = state.getConnection()) {
      return AdvisoryLock.key(connection, "run a");
    }
  }

  private static long session(DataSource state) throws SQLException {
    return sessions(state).getFirst();
  }

  private static void breakLock(DataSource state) throws SQLException {
    JdbcClient jdbc = JdbcClient.create(state);
    jdbc.sql("SELECT pg_terminate_backend(?, 5000)")
        .param(Math.toIntExact(session(state)))
        .query(Boolean.class)
        .single();
  }
}
