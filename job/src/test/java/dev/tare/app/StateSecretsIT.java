package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.PostgresBinary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords in the URL of a state are for its database only, whatever goes wrong. */
class StateSecretsIT {
  private static final String SECRET = "Kei5oowa";

  @TempDir Path directory;

  /** In a process of its own: drivers log by other ways than ours. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://ann:Kei5oowa@127.0.0.1:1/db | 4 | refused",
        "jdbc:postgresql://ann:Kei5oowa@nowhere.invalid/db | 4 | attempt failed",
        "jdbc:postgresql://127.0.0.1:1/db?user=ann&password=Kei5oowa&targetServerType=x | 4 | x",
        "jdbc:h2:relative;PASSWORD=Kei5oowa | 4 | implicitly relative",
        "jdbc:h2:mem:x;PASSWORD=Kei5oowa;FOO=1 | 4 | FOO",
        "jdbc:h2:mem:x;CIPHER=AES;PASSWORD=Kei5oowa | 4 | state",
      })
  void stateThatCannotBeOpenedIsNamedWithoutItsPassword(String state, int status, String why)
      throws Exception {
    CommandLineRun run =
        TareProcess.start(directory, "run", Map.of("TARE_STATE", state), List.of("runs", "-v"))
            .end();

    assertThat(run.err()).contains(why).doesNotContain(SECRET, "This is a defect");
    assertThat(run.status()).isEqualTo(status);
  }

  @Test
  void wrongPasswordIsNotShown() throws Exception {
    String place = "jdbc:h2:file:" + directory.resolve("db");
    assertThat(CommandLineRun.of("runs", "--state", place + ";USER=ann;PASSWORD=right").status())
        .isZero();

    CommandLineRun run =
        CommandLineRun.of("runs", "-v", "--state", place + ";USER=ann;PASSWORD=" + SECRET);

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err())
        .contains("open state " + place + " (user ann): Wrong user name or password")
        .doesNotContain(SECRET);
  }

  @Test
  void scanWithAPasswordInItsStateLeavesItNowhere() throws Exception {
    try (PostgresBinary server = PostgresBinary.start()) {
      String state = server.jdbcUrl().replace("//", "//tare:" + SECRET + "@");

      CommandLineRun run =
          TareProcess.start(
                  directory,
                  "run",
                  Map.of(),
                  List.of("demo", "-v", "--format", "html,json", "-o", "out", "--state", state))
              .end();

      assertThat(run.status()).isZero();
      assertThat(run.out() + run.err()).contains("PgConnection").doesNotContain(SECRET);
      try (var files = Files.walk(directory)) {
        assertThat(files.filter(Files::isRegularFile))
            .hasSizeGreaterThan(3)
            .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(SECRET));
      }
    }
  }

  @Test
  void whatIsMistypedIsQuotedWithoutPasswords() throws Exception {
    Path settings = directory.resolve("tare.yaml");
    Files.writeString(settings, "state: \"jdbc:h2:mem:x;PASSWORD=" + SECRET + "\n");
    String database = "jdbc:h2:mem:x;PASSWORD=" + SECRET;

    assertThat(
            List.of(
                CommandLineRun.of("runs", "-v", "--sate=" + database),
                CommandLineRun.of("runs", "-v", database),
                CommandLineRun.of("scan", "-v", database),
                CommandLineRun.of("scan", "-v", "https://ann:" + SECRET + "@localhost:5000/app"),
                CommandLineRun.of("scan", "-v", "ann:" + SECRET + "@localhost:5000/app"),
                policy("oci://ann:" + SECRET + "@localhost:5000/bundle"),
                policy("https://ann:" + SECRET + " x@localhost/bundle.tar.gz"),
                CommandLineRun.of("runs", "-v", "-c", settings.toString())))
        .allSatisfy(run -> {
          assertThat(run.status()).isEqualTo(2);
          assertThat(run.err()).isNotBlank().doesNotContain(SECRET);
        });
  }

  private static CommandLineRun policy(String bundle) {
    return CommandLineRun.of("policy", "list", "-v", "--policy", bundle);
  }
}
