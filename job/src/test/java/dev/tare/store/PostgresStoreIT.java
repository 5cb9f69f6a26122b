package dev.tare.store;

import dev.tare.testing.PostgresBinary;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PostgresStoreIT extends StoreContract {
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

  @Override
  DataSource dataSource(String name) throws SQLException {
    return new DriverManagerDataSource(server.jdbcUrl(name));
  }
}
