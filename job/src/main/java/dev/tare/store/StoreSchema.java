package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.datasource.init.ScriptException;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Creates the tables in a new database, Spring Batch's too, brings one that an older version laid
 * out up to date, and refuses one of a newer. From then on commits are on disk when they return: a
 * killed run loses no finished layer.
 */
public final class StoreSchema {
  /** Of tables and of what their rows mean. */
  private static final int VERSION = 7;

  /** In H2's words, an empty database's too, and in PostgreSQL's. */
  private static final Set<String> NO_SUCH_TABLE = Set.of("42S02", "42S03", "42S04", "42P01");

  private static final String BATCH_SCRIPTS = "/org/springframework/batch/core/schema-";

  private final DataSource dataSource;

  /** For this database. */
  public StoreSchema(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Makes the database ready; throws ENVIRONMENT where its version is none it can work with. */
  public void prepare() {
    try (Connection connection = dataSource.getConnection()) {
      Integer version = version(connection);
      if (version != null && version > VERSION) {
        throw new TareException(
            FailureKind.ENVIRONMENT,
            "open state: a newer Tare laid it out, as version "
                + version
                + "; this one knows "
                + VERSION,
            "Use that version of Tare, or start a new state with --state.");
      }
      boolean shared = isPostgres(connection);
      if (version == null || version < VERSION) {
        if (shared) {
          layOutShared(connection);
        } else {
          layOut(connection, version, "BINARY LARGE OBJECT", "h2.sql");
        }
      }
      if (!shared) {
        // Not before: each new table would be a commit that is written by itself.
        execute(connection, "SET WRITE_DELAY 0");
      }
    } catch (SQLException | ScriptException e) {
      Throwable cause = e instanceof ScriptException && e.getCause() != null ? e.getCause() : e;
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "prepare state: " + cause.getMessage(),
          "Check the JDBC URL and the rights of its user, or name another place with --state.",
          e);
    }
  }

  static boolean isPostgres(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equalsIgnoreCase("PostgreSQL");
  }

  /** One process at a time, all tables or none: others may open the same database now. */
  private static void layOutShared(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement lock = connection.createStatement()) {
      lock.execute("SELECT pg_advisory_xact_lock(" + AdvisoryLock.key(connection, "schema") + ")");
      Integer version = version(connection);
      if (version == null || version < VERSION) {
        layOut(connection, version, "BYTEA", "postgresql.sql");
      }
      connection.commit();
    } finally {
      connection.rollback(); // Nothing, where it was committed.
      connection.setAutoCommit(true);
    }
  }

  /**
   * Makes the tables, after what an older version needs. Where it is killed in the middle, the
   * version is what it was still, and it goes on next time.
   */
  private static void layOut(
      Connection connection, @Nullable Integer from, String blob, String batchScript)
      throws SQLException {
    if (from != null) {
      for (String script : Migrations.since(from, VERSION)) {
        execute(connection, script);
      }
    }
    execute(connection, script("/tare/schema.sql").replace("${blob}", blob));
    if (from == null) {
      execute(
          connection,
          script(BATCH_SCRIPTS + batchScript)
              .replaceAll("(?m)^CREATE (TABLE|SEQUENCE) ", "CREATE $1 IF NOT EXISTS "));
    }
    execute(connection, "INSERT INTO tare_schema (version) VALUES (" + VERSION + ")");
  }

  /** The version of the tables; null where they are missing, or not complete. */
  private static @Nullable Integer version(Connection connection) throws SQLException {
    boolean inTransaction = !connection.getAutoCommit();
    Savepoint before = inTransaction ? connection.setSavepoint() : null;
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT MAX(version) FROM tare_schema")) {
      row.next();
      int version = row.getInt(1);
      return row.wasNull() ? null : version;
    } catch (SQLException e) {
      if (!NO_SUCH_TABLE.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
      if (before != null) {
        connection.rollback(before);
      }
      return null;
    }
  }

  private static void execute(Connection connection, String script) {
    ScriptUtils.executeSqlScript(
        connection, new ByteArrayResource(script.getBytes(StandardCharsets.UTF_8)));
  }

  static String script(String name) {
    try (InputStream in = StoreSchema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }
}
