package dev.tare.app;

import dev.tare.testing.PostgresBinary;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresReadAgainIT extends ReadAgainContract {
  private PostgresBinary server;

  @BeforeAll
  void startServer() {
    server = PostgresBinary.start();
  }

  @AfterAll
  void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  String newState(int number, Path directory) throws SQLException {
    return server.jdbcUrl("state" + number);
  }
}
