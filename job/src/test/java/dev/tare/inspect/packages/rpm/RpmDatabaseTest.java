package dev.tare.inspect.packages.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.inspect.RealImages;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpmDatabaseTest {
  /**
   * The ndb database of SUSE's BCI base image 15, of 36 slots; {@code strings} shows these versions
   * in it.
   */
  @Test
  void ndbOfSuseIsRead() throws IOException {
    List<String> failures = new ArrayList<>();
    byte[] content = Files.readAllBytes(TestImages.path("pkgdb/sle15-bci-Packages.db"));

    List<PackageRecord> packages =
        PackageText.packages(RpmDatabase.reduce(content), (item, file) -> {}, failures::add);

    assertThat(failures).isEmpty();
    assertThat(packages)
        .hasSize(36)
        .extracting(item -> item.name() + " " + item.version())
        .contains("bash 4.4-19.6.1", "rpm-ndb 4.14.3-150300.52.1");
  }

  /** The one of a big-endian machine, written again by Berkeley DB itself for this machine. */
  @Test
  void berkeleyDatabaseIsTheSameInEitherByteOrder(@TempDir Path scratch) throws IOException {
    byte[] bigEndian = databases(scratch).get(1);
    Path dump = scratch.resolve("dump");
    Path written = scratch.resolve("little-endian");
    Programs.run(
        "db5.3_dump", "-f", dump.toString(), scratch.resolve("var/lib/rpm/Packages").toString());
    Programs.run("db5.3_load", "-f", dump.toString(), written.toString());
    byte[] littleEndian = Files.readAllBytes(written);

    // The magic number of a hash, as file(1) tells the byte order.
    assertThat(Arrays.copyOfRange(bigEndian, 12, 16)).containsExactly(0, 6, 0x15, 0x61);
    assertThat(Arrays.copyOfRange(littleEndian, 12, 16)).containsExactly(0x61, 0x15, 6, 0);
    assertThat(packages(littleEndian)).containsExactlyInAnyOrderElementsOf(packages(bigEndian));
  }

  @Test
  void damagedDatabaseIsFailureAndNeverAnException(@TempDir Path scratch) throws IOException {
    for (byte[] database : databases(scratch)) {
      int whole = packages(database).size();
      for (int tenth = 0; tenth < 10; tenth++) {
        byte[] cut = Arrays.copyOf(database, database.length / 10 * tenth);
        List<String> failures = new ArrayList<>();
        PackageText.packages(RpmDatabase.reduce(cut), (item, file) -> {}, failures::add);
        assertThat(failures).as("cut at %d0 %%", tenth).isNotEmpty();
      }
      Random random = new Random(7);
      for (int i = 0; i < 50; i++) {
        byte[] flipped = database.clone();
        for (int flips = 0; flips < 20; flips++) {
          flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        assertThat(packages(flipped)).hasSizeLessThanOrEqualTo(4 * whole);
      }
    }
  }

  private static List<PackageRecord> packages(byte[] database) {
    return PackageText.packages(RpmDatabase.reduce(database), (item, file) -> {}, failure -> {});
  }

  private static List<byte[]> databases(Path scratch) throws IOException {
    RealImages.run(
        "tar",
        "-xJf",
        TestImages.path("rootfs/almalinux-9.3-micro-arm64.tar.xz").toString(),
        "-C",
        scratch.toString(),
        "var/lib/rpm/rpmdb.sqlite");
    RealImages.run(
        "tar",
        "-xJf",
        TestImages.path("rootfs/almalinux-8.8-micro-s390x.tar.xz").toString(),
        "-C",
        scratch.toString(),
        "var/lib/rpm/Packages");
    return List.of(
        Files.readAllBytes(scratch.resolve("var/lib/rpm/rpmdb.sqlite")),
        Files.readAllBytes(scratch.resolve("var/lib/rpm/Packages")),
        Files.readAllBytes(TestImages.path("pkgdb/sle15-bci-Packages.db")));
  }

  @Test
  void whatIsNoDatabaseIsFailure() {
    List<String> failures = new ArrayList<>();

    PackageText.packages(
        RpmDatabase.reduce("no database".getBytes(StandardCharsets.UTF_8)),
        (item, file) -> {},
        failures::add);

    assertThat(failures).containsExactly("neither SQLite nor ndb nor a hash of Berkeley DB");
  }
}
