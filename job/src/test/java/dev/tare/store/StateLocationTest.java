package dev.tare.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateLocationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://db.example.com:5433/tare?user=ann&password=hidden"
            + " | jdbc:postgresql://db.example.com:5433/tare (user ann)",
        "jdbc:postgresql://ann:hidden@db.example.com/tare"
            + " | jdbc:postgresql://db.example.com/tare (user ann)",
        "jdbc:postgresql://ann:hid@den@[::1]:5433/tare?ssl=true"
            + " | jdbc:postgresql://[::1]:5433/tare (user ann)",
        "jdbc:postgresql://one,two:5433/tare | jdbc:postgresql://one,two:5433/tare",
        "jdbc:postgresql:tare?sslpassword=hidden | jdbc:postgresql:tare",
        "jdbc:postgresql:///tare | jdbc:postgresql:///tare",
        "jdbc:h2:mem:tare;USER=ann;PASSWORD=hidden | jdbc:h2:mem:tare (user ann)",
        "jdbc:h2:file:/data/a@b;password=hid\\;den | jdbc:h2:file:/data/a@b",
      })
  void whatIsShownIsThePlaceAndTheUser(String state, String shown) {
    StateLocation location = StateLocation.parse(state);

    assertThat(location).hasToString(shown);
    assertThat(location.url()).isEqualTo(shown.replaceAll(" .*", ""));
  }

  @Test
  void settingsAreTheDriversOwnNamesAndValues() {
    assertThat(
            StateLocation.parse("jdbc:postgresql://h/d?user=a%40b&password=p%26w+x&ssl=true")
                .settings())
        .isEqualTo(Map.of("user", "a@b", "password", "p&w x", "ssl", "true"));
    assertThat(StateLocation.parse("jdbc:postgresql://a:p%2Fw@h/d").settings())
        .isEqualTo(Map.of("user", "a", "password", "p/w"));
    StateLocation embedded = StateLocation.parse("jdbc:h2:mem:x;Password=a=b\\;c;MODE=PostgreSQL");
    assertThat(embedded.settings()).isEqualTo(Map.of("PASSWORD", "a=b;c"));
    assertThat(embedded.url()).isEqualTo("jdbc:h2:mem:x;MODE=PostgreSQL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://ann:hidden",
        "jdbc:postgresql://ann:hid/den@db/tare",
        "jdbc:postgresql://ann:5/hidden@db/tare",
        "jdbc:postgresql://ann:5?hidden@db/tare",
        "jdbc:postgresql:ann:hidden@db",
        "jdbc:postgresql:ann:hidden",
        "jdbc:postgresql://db/tare;password=hidden",
        "jdbc:postgresql://db/tare?user=a&hidden",
        "jdbc:postgresql://db/tare?password=%hidden",
        "jdbc:postgresql://db:99999/tare?password=hidden",
        "jdbc:h2:mem:x?password=hidden",
        "jdbc:h2:mem:x,password=hidden",
        "jdbc:h2:mem:x;hidden",
        "jdbc:h2:mem:x;INIT=CREATE USER a PASSWORD 'hidden'",
        "jdbc:h2:tcp://ann:hidden@db/x",
        "JDBC:h2:mem:x;PASSWORD=hidden",
        "jdbc:mysql://ann:hidden@db/x",
        "jdbc:hidden",
        "postgresql://ann:hidden@db/tare",
        "postgres://ann:hidden@db/tare",
      })
  void urlThatCannotBeUsedIsRefusedWithoutItsPassword(String state) {
    TareException failure =
        catchThrowableOfType(TareException.class, () -> StateLocation.parse(state));

    assertThat(failure.kind()).isEqualTo(FailureKind.USAGE);
    for (Throwable one = failure; one != null; one = one.getCause()) {
      assertThat(one.toString()).doesNotContain("hidden", "hid", "den");
    }
  }

  @Test
  void directoryIsMadeAndShownAsItIs(@TempDir Path parent) {
    Path directory = parent.resolve("a/b");

    StateLocation location = StateLocation.parse(directory.toString());
    location.prepare();

    assertThat(location).hasToString(directory.toString());
    assertThat(location.url())
        .startsWith("jdbc:h2:private:" + directory + "/tare;MODE=PostgreSQL;");
    assertThat(directory).isDirectory();
  }

  /** H2 would take what follows for settings, and open another place. */
  @Test
  void directoryThatH2WouldMisunderstandIsRefused(@TempDir Path parent) {
    TareException failure =
        catchThrowableOfType(
            TareException.class, () -> StateLocation.parse(parent.resolve("a;b").toString()));

    assertThat(failure).hasMessageContaining("semicolon");
    assertThat(Files.exists(parent.resolve("a;b"))).isFalse();
  }
}
