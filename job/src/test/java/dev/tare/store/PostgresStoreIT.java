package dev.tare.store;

import dev.tare.testing.PostgresBinary;
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
  DataSource dataSource() {
    return new DriverManagerDataSource(server.jdbcUrl());
  }
}
