package dev.tare.inspect.system;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndOfLifeTest {
  private final EndOfLife endOfLife = EndOfLife.shipped();

  /** The developers of Debian and Ubuntu keep these dates in the package distro-info-data. */
  @ParameterizedTest
  @CsvSource({"debian, eol-lts, 8", "ubuntu, eol, 15"})
  void datesAreThoseOfDistroInfoData(String distribution, String column, int atLeast)
      throws IOException {
    Path file = Path.of("/usr/share/distro-info/" + distribution + ".csv");
    Programs.skipUnless(Files.exists(file), "the Debian package distro-info-data is not installed");
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    int index = List.of(lines.getFirst().split(",", -1)).indexOf(column);
    int compared = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      String release = fields[0].split(" ", 2)[0];
      LocalDate ours = release.isEmpty() ? null : of(distribution, release, null);
      if (ours != null) {
        assertThat(fields[index]).as(distribution + " " + release).isEqualTo(ours.toString());
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(atLeast - 1);
  }

  @Test
  void pointReleaseEndsWithItsRelease() {
    assertThat(of("alpine", "3.18.9", null)).isEqualTo("2025-05-09");
    assertThat(of("almalinux", "8.8", null)).isEqualTo("2029-05-31");
    assertThat(of("mariner", "2.0.20240301", null)).isEqualTo("2025-07-31");
    assertThat(of("debian", "99", null)).isNull();
  }

  @Test
  void centosStreamEndsOnItsOwnDay() {
    assertThat(of("centos", "8", "CentOS Linux")).isEqualTo("2021-12-31");
    assertThat(of("centos", "8", "CentOS Stream")).isEqualTo("2024-05-31");
  }

  /** os-release of gcr.io/distroless/static as the test image has it. */
  @Test
  void nameForPeopleSaysWhichDistributionEnds() {
    OsRelease os =
        requireNonNull(
            OsRelease.parse(
                """
                PRETTY_NAME="Distroless"
                NAME="Debian GNU/Linux"
                ID="debian"
                VERSION_ID="10"
                VERSION="Debian GNU/Linux 10 (buster)"
                """
                    .getBytes(StandardCharsets.UTF_8),
                "etc/os-release"));

    assertThat(os.prettyName()).isEqualTo("Debian GNU/Linux 10 (Distroless)");
    assertThat(endOfLife.of(os)).isEqualTo("2024-06-30");
  }

  private @Nullable LocalDate of(String id, String version, @Nullable String name) {
    return endOfLife.of(new OsRelease(id, version, null, name, "etc/os-release"));
  }
}
