package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Lets one process at a time work on a run. Processes share a state on PostgreSQL only: an embedded
 * database is open in one, so nothing has to be locked in it.
 */
public final class RunLocks {
  private final DataSource dataSource;
  private final Duration pulse;

  /**
   * Over this database.
   *
   * @param pulse how often the connection of a lock is tried
   */
  public RunLocks(DataSource dataSource, Duration pulse) {
    this.dataSource = dataSource;
    this.pulse = pulse;
  }

  /**
   * Takes the lock of a run.
   *
   * @param identity equal for runs of the same command
   * @throws TareException ENVIRONMENT where another process has it: it says who, and since when
   */
  public RunLock take(String identity) {
    return tryTake(identity)
        .orElseThrow(() ->
            new TareException(
                FailureKind.ENVIRONMENT,
                "start run: the same run is going on" + AdvisoryLock.holder(dataSource, identity),
                "Wait for it to end, or stop it there. Runs of other targets or settings can go on at the same time."));
  }

  /** Takes the lock of a run; empty where another process has it. */
  public Optional<RunLock> tryTake(String identity) {
    try {
      return isShared()
          ? AdvisoryLock.tryTake(dataSource, identity, pulse)
          : Optional.of(RunLock.unshared());
    } catch (SQLException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "start run: lock it in the database: " + e.getMessage(),
          "Check that the database of the state can be reached.",
          e);
    }
  }

  private boolean isShared() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return StoreSchema.isPostgres(connection);
    }
  }
}
