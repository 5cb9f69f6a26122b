package dev.tare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateFailureTest {
  private static final StateLocation SHARED =
      StateLocation.parse("jdbc:postgresql://127.0.0.1/tare?user=u");

  /** What PostgreSQL says by its codes, which are in appendix A of its manual. */
  @ParameterizedTest
  @CsvSource({
    "XX001, the database is damaged (it says why)",
    "XX002, the database is damaged (it says why)",
    "58030, it says why",
    "53100, no space left on device",
    "57014, the database waits no longer (it says why)",
    "55P03, the database waits no longer (it says why)",
    "25P03, the database waits no longer (it says why)",
    "25006, it says why",
    "40P01, somebody else changes the same (it says why)",
    "57P01, the database cannot be reached (it says why)",
  })
  void whatHappenedToASharedStateIsSaid(String code, String message) {
    RuntimeException failure = new IllegalStateException(new SQLException("it says why", code));
    assertThat(StateFailure.of(SHARED, failure))
        .hasValueSatisfying(said -> {
          assertThat(said.kind()).isEqualTo(FailureKind.ENVIRONMENT);
          assertThat(said).hasMessage("state " + SHARED + ": " + message);
          assertThat(said.hint()).isNotBlank();
        });
  }

  @Test
  void statementThatIsWrongIsNoWordAboutTheState() {
    assertThat(StateFailure.of(SHARED, new SQLException("no such column", "42703"))).isEmpty();
  }

  /** Of its own definitions, which it reads then. */
  @Test
  void whatAnEmbeddedStateDoesNotUnderstandWhenItIsOpenedIsDamage(@TempDir Path directory)
      throws SQLException {
    StateLocation state = StateLocation.parse(directory.toString());
    try (var connection = DriverManager.getConnection("jdbc:h2:mem:");
        var statement = connection.createStatement()) {
      SQLException unread =
          catchThrowableOfType(
              SQLException.class, () -> statement.execute("CREATE TABLE t (at TIMESTAMP WITI)"));
      TareException said = StateFailure.opening(state, new IllegalStateException(unread));
      assertThat(said.getMessage())
          .startsWith("state " + directory + ": its file is damaged (Syntax error in SQL statement")
          .doesNotContain("SQL statement:");
      assertThat(said.hint()).startsWith("Move it away");
    }
  }
}
