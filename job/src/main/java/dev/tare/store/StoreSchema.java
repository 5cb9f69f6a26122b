package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Creates the tables where they are missing, Spring Batch's too, and refuses a database that
 * another version of Tare laid out. From then on commits are on disk when they return: a killed run
 * loses no finished layer.
 */
public final class StoreSchema {
  private static final int VERSION = 1;
  private static final String BATCH_SCRIPTS = "/org/springframework/batch/core/schema-";

  private final DataSource dataSource;

  /** For this database. */
  public StoreSchema(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Makes the database ready; throws ENVIRONMENT where it is of another version. */
  public void prepare() {
    try (Connection connection = dataSource.getConnection()) {
      boolean postgres =
          connection.getMetaData().getDatabaseProductName().equalsIgnoreCase("PostgreSQL");
      execute(
          connection,
          script("/tare/schema.sql")
              .replace("${blob}", postgres ? "BYTEA" : "BINARY LARGE OBJECT"));
      execute(
          connection,
          script(BATCH_SCRIPTS + (postgres ? "postgresql.sql" : "h2.sql"))
              .replaceAll("(?m)^CREATE (TABLE|SEQUENCE) ", "CREATE $1 IF NOT EXISTS "));
      if (!postgres) {
        // Not before: each new table would be a commit that is written by itself.
        execute(connection, "SET WRITE_DELAY 0");
      }
    } catch (SQLException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "prepare state: " + e.getMessage(),
          "Check the JDBC URL and the rights of its user, or name another place with --state.",
          e);
    }
    JdbcClient jdbc = JdbcClient.create(dataSource);
    List<Integer> versions =
        jdbc.sql("SELECT version FROM tare_schema").query((row, number) -> row.getInt(1)).list();
    if (versions.isEmpty()) {
      jdbc.sql("INSERT INTO tare_schema (version) VALUES (?)").param(VERSION).update();
    } else if (versions.getFirst() != VERSION) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "open state: its layout is version " + versions.getFirst() + ", expected " + VERSION,
          "Use the version of Tare that made it, or start a new state with --state.");
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
