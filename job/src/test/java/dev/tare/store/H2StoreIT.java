package dev.tare.store;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The embedded database, with the settings that matter to SQL. */
class H2StoreIT extends StoreContract {
  @TempDir static Path directory;

  @Override
  DataSource dataSource(String name) {
    return new DriverManagerDataSource(
        "jdbc:h2:file:"
            + directory.resolve(name)
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=0");
  }
}
