package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.datasource.init.ScriptException;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Creates the tables in a new database, Spring Batch's too, and refuses one that another version of
 * Tare laid out, as it is. From then on commits are on disk when they return: a killed run loses no
 * finished layer.
 */
public final class StoreSchema {
  /** Of tables and of what their rows mean. */
  private static final int VERSION = 2;

  private static final String BATCH_SCRIPTS = "/org/springframework/batch/core/schema-";

  private final DataSource dataSource;

  /** For this database. */
  public StoreSchema(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Makes the database ready; throws ENVIRONMENT where it is of another version. */
  public void prepare() {
    try (Connection connection = dataSource.getConnection()) {
      Integer version = isPostgres(connection) ? prepareShared(connection) : prepareOwn(connection);
      if (version != VERSION) {
        throw new TareException(
            FailureKind.ENVIRONMENT,
            "open state: its layout is version " + version + ", expected " + VERSION,
            "Use the version of Tare that made it, or start a new state with --state.");
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
  private static int prepareShared(Connection connection) throws SQLException {
    Integer known = version(connection);
    if (known != null) {
      return known;
    }
    connection.setAutoCommit(false);
    try (Statement lock = connection.createStatement()) {
      lock.execute("SELECT pg_advisory_xact_lock(" + AdvisoryLock.key(connection, "schema") + ")");
      Integer version = version(connection);
      if (version == null) {
        version = create(connection, "BYTEA", "postgresql.sql");
      }
      connection.commit();
      return version;
    } finally {
      connection.rollback(); // Nothing, where it was committed.
      connection.setAutoCommit(true);
    }
  }

  /** Where it is killed in the middle, the version is missing still, and it goes on next time. */
  private static int prepareOwn(Connection connection) throws SQLException {
    Integer known = version(connection);
    int version = known == null ? create(connection, "BINARY LARGE OBJECT", "h2.sql") : known;
    if (version == VERSION) {
      // Not before: each new table would be a commit that is written by itself.
      execute(connection, "SET WRITE_DELAY 0");
    }
    return version;
  }

  private static int create(Connection connection, String blob, String batchScript)
      throws SQLException {
    execute(connection, script("/tare/schema.sql").replace("${blob}", blob));
    execute(
        connection,
        script(BATCH_SCRIPTS + batchScript)
            .replaceAll("(?m)^CREATE (TABLE|SEQUENCE) ", "CREATE $1 IF NOT EXISTS "));
    execute(connection, "INSERT INTO tare_schema (version) VALUES (" + VERSION + ")");
    return VERSION;
  }

  /** The version of the tables; null where they are missing, or not complete. */
  private static @Nullable Integer version(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(
                null,
                connection.getSchema(),
                "tare_schema",
                new String[] {"TABLE", "BASE TABLE"})) {
      if (!tables.next()) {
        return null;
      }
    }
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT MAX(version) FROM tare_schema")) {
      row.next();
      int version = row.getInt(1);
      return row.wasNull() ? null : version;
    }
  }

  private static void execute(Connection connection, String script) {
    ScriptUtils.executeSqlScript(
        connection, new ByteArrayResource(script.getBytes(StandardCharsets.UTF_8)));
  }

  private static String script(String name) {
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
