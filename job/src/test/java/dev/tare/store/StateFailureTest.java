package dev.tare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.store.packed.Deflated;
import dev.tare.store.packed.MatchedFacts;
import dev.tare.store.packed.StoredJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

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

  /** XX000 is what a defect of the server, or of an extension, ends with. */
  @ParameterizedTest
  @ValueSource(strings = {"42703", "XX000", "22P02"})
  void whatIsADefectIsNoWordAboutTheState(String code) {
    assertThat(StateFailure.of(SHARED, new SQLException("no such column", code))).isEmpty();
  }

  @Test
  void ofSeveralCausesTheOutermostIsTold() {
    SQLException inner = new SQLException("inner", "58030");
    SQLException outer = new SQLException("outer", "25006", inner);
    outer.addSuppressed(new SQLException("beside", "XX001"));

    for (int i = 0; i < 20; i++) {
      assertThat(StateFailure.of(SHARED, new IllegalStateException(outer)))
          .hasValueSatisfying(said -> assertThat(said).hasMessage("state " + SHARED + ": outer"));
      outer = new SQLException("outer", "25006", outer);
    }
  }

  @Test
  void valueThatIsNotWhatWasStoredIsDamage() {
    byte[] torn = Deflated.of("{\"a\": tru".getBytes(StandardCharsets.UTF_8));
    byte[] cut = Arrays.copyOf(torn, 5);
    for (byte[] content : List.of(torn, cut)) {
      for (ThrowingCallable reading :
          List.<ThrowingCallable>of(
              () -> StoredJson.inflatedTree(content),
              () -> StoredJson.inflatedList(content, String.class),
              () -> StoredJson.inflatedMap(content, String.class),
              () -> MatchedFacts.put(JsonNodeFactory.instance.objectNode(), content, null))) {
        Throwable unread = catchThrowable(reading);
        assertThat(StateFailure.of(SHARED, unread))
            .hasValueSatisfying(said ->
                assertThat(said)
                    .hasMessageStartingWith("state " + SHARED + ": the database is damaged ("));
      }
    }
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
