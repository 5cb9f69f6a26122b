package dev.tare.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.cli.TareCli;
import dev.tare.cli.Terminal;
import dev.tare.stop.StopSignal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppliedReportsTest {
  @ParameterizedTest
  @CsvSource({
    "r.example.com/team/app:1.2, r.example.com/team/app, true",
    "r.example.com/team/app@sha256:aa, r.example.com/team/app, true",
    "r.example.com/team/app, r.example.com/team/app, true",
    "r.example.com, r.example.com/team/app, true",
    "r.example.com/team/app2:1, r.example.com/team/app, false",
    "r.example.com/team/app/sub:1, r.example.com/team/app, false",
    "r.example.co, r.example.com/team/app, false",
  })
  void reportStaysWhereItsImageRepositoryOrRegistryCouldNotBeLookedInto(
      String notInspected, String repository, boolean stays) {
    assertThat(AppliedReports.isAbout(notInspected, repository)).isEqualTo(stays);
  }

  @ParameterizedTest
  @CsvSource({
    "audit, nightly, expected k8s:",
    "k8s:/Audit, nightly, is no namespace",
    "k8s:/audit, a b, policy report owner \"a b\"",
  })
  void whatCannotBeIsRefusedBeforeAnythingIsDone(String cluster, String owner, String said) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new TareCli(
                new Terminal(new ByteArrayOutputStream(), err, Map.of()),
                options -> {
                  throw new AssertionError("opens the state");
                },
                () -> {},
                new StopSignal(),
                "1.2.3")
            .run(
                "scan",
                "registry.example.com",
                "--apply-policy-reports",
                cluster,
                "--policy-report-owner",
                owner);
    assertThat(status).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(said);
  }
}
