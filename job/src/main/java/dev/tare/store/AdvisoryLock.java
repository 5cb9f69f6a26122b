package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import dev.tare.store.packed.StoredJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An advisory lock of PostgreSQL on a connection of its own, so that it ends with the process,
 * however that ends. Where the connection breaks, as when the database is started again, the lock
 * is taken again.
 */
final class AdvisoryLock implements RunLock {
  private static final Logger LOG = LoggerFactory.getLogger(AdvisoryLock.class);
  private static final int ANSWER_SECONDS = 5;

  /** Whoever works on a run shares it; whoever removes what no run refers to has it alone. */
  static final String SWEEP = "sweep";

  private final DataSource dataSource;
  private final String identity;
  private Connection connection;
  private final CountDownLatch closing = new CountDownLatch(1);
  private boolean closed;
  private volatile boolean lost;

  private AdvisoryLock(DataSource dataSource, String identity, Connection connection) {
    this.dataSource = dataSource;
    this.identity = identity;
    this.connection = connection;
  }

  /**
   * Takes a lock; empty where another process has it.
   *
   * @param pulse how often its connection is tried
   */
  static Optional<RunLock> tryTake(DataSource dataSource, String identity, Duration pulse)
      throws SQLException {
    Connection connection = lock(dataSource, identity);
    if (connection == null) {
      return Optional.empty();
    }
    AdvisoryLock lock = new AdvisoryLock(dataSource, identity, connection);
    Thread.ofPlatform().daemon().name("run-lock").start(() -> lock.watch(pulse));
    return Optional.of(lock);
  }

  /**
   * A number for a name: advisory locks are those of a whole database, in which each schema may
   * hold another state.
   */
  static long key(Connection connection, String name) throws SQLException {
    return key(connection.getSchema(), name);
  }

  static long key(String schema, String name) {
    String text = "tare " + schema + " " + name;
    return Long.parseUnsignedLong(
        Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16), 16);
  }

  /** A connection that has the lock; null where another has it. */
  private static @Nullable Connection lock(DataSource dataSource, String identity)
      throws SQLException {
    Connection connection = dataSource.getConnection();
    boolean locked = false;
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      lock.setLong(1, key(connection, "run " + identity));
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        locked = row.getBoolean(1);
      }
      if (locked) {
        share(connection);
        sign(connection, identity);
      }
    } catch (SQLException e) {
      closeQuietly(connection);
      throw e;
    }
    if (!locked) {
      connection.close();
      return null;
    }
    return connection;
  }

  /** Keeps others from removing what no run refers to, while this one may begin to. */
  private static void share(Connection connection) throws SQLException {
    try (PreparedStatement share =
        connection.prepareStatement("SELECT pg_advisory_lock_shared(?)")) {
      share.setLong(1, key(connection, SWEEP));
      share.execute();
    }
  }

  private static void sign(Connection connection, String identity) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO tare_holder (identity, content) VALUES (?, ?)"
                + " ON CONFLICT (identity) DO UPDATE SET content = EXCLUDED.content")) {
      insert.setString(1, identity);
      insert.setString(2, StoredJson.text(Holder.self()));
      insert.executeUpdate();
    }
  }

  /** Who has a lock, since when, behind a colon; empty where that is not known. */
  static String holder(DataSource dataSource, String identity) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT content FROM tare_holder WHERE identity = ?")) {
      select.setString(1, identity);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? ": " + StoredJson.value(row.getString(1), Holder.class) : "";
      }
    } catch (SQLException e) {
      LOG.atDebug().setCause(e).log("holder of the lock cannot be read");
      return "";
    }
  }

  @Override
  public void requireHeld() {
    if (lost) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "go on with the run: the connection to the database broke, and the same run was begun elsewhere"
              + holder(dataSource, identity),
          "Wait for that one to end.");
    }
  }

  private void watch(Duration pulse) {
    boolean broken = false;
    while (!lost && isOpenAfter(pulse)) {
      if (answers(current())) {
        broken = false;
        continue;
      }
      if (!broken) {
        LOG.atWarn().log("connection to the database broke; the lock of the run is taken again");
        broken = true;
      }
      try {
        Connection next = lock(dataSource, identity);
        if (next == null) {
          lost = true;
        } else {
          replace(next);
        }
      } catch (SQLException e) {
        LOG.atDebug().setCause(e).log("database cannot be reached");
      }
    }
  }

  private boolean isOpenAfter(Duration pulse) {
    try {
      return !closing.await(pulse.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized Connection current() {
    return connection;
  }

  private synchronized void replace(Connection next) {
    closeQuietly(connection);
    connection = next;
    if (closed) {
      release(next);
    }
  }

  /** By a statement: the pool learns from its failure that the connection is of no use. */
  private static boolean answers(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(ANSWER_SECONDS);
      return statement.execute("SELECT 1");
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      closing.countDown();
      release(connection);
    }
  }

  private void release(Connection connection) {
    try (connection;
        Statement unlock = connection.createStatement();
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM tare_holder WHERE identity = ?")) {
      if (!lost) {
        delete.setString(1, identity);
        delete.executeUpdate();
      }
      unlock.execute("SELECT pg_advisory_unlock_all()");
    } catch (SQLException e) {
      LOG.atDebug().setCause(e).log("the lock ended with its connection");
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.atDebug().setCause(e).log("connection had broken");
    }
  }
}
