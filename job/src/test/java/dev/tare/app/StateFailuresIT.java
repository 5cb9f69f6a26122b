package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import dev.tare.testing.HeldBlobs;
import dev.tare.testing.PostgresBinary;
import dev.tare.testing.Programs;
import dev.tare.testing.RegistryCrawl;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the state and the disk: one line that says so, one that says what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateFailuresIT {
  private static final int FAILED = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HeldBlobs blobs = new HeldBlobs();
  private LoopbackRegistry registry;
  private Path good;

  @BeforeAll
  void scan(@TempDir Path directory) throws IOException {
    registry = LoopbackRegistry.filtered(List.of(blobs));
    SampleImages.of(registry.host(), InstantSource.system()).push();
    good = directory.resolve("state");
    assertThat(scan(good.toString(), directory.resolve("out")).status()).isEqualTo(1);
  }

  @AfterAll
  void stop() {
    blobs.release();
    registry.close();
  }

  private CommandLineRun scan(String state, Path output) {
    return CommandLineRun.of(arguments(state, output).toArray(String[]::new));
  }

  private List<String> arguments(String state, Path output) {
    return List.of(
        "scan", registry.host(), "--state", state, "-o", output.toString(), "--no-progress");
  }

  private static CommandLineRun runs(String state) {
    return CommandLineRun.of("runs", "--state", state);
  }

  private static void assertSaid(CommandLineRun run, String message, String hint) {
    assertThat(run.err()).contains(message).doesNotContain("\tat ", "defect", "Exception:");
    assertThat(run.err().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("tare: ").contains(message),
            line -> assertThat(line).startsWith("      ").contains(hint));
    assertThat(run.status()).isEqualTo(FAILED);
  }

  /** Whatever is asked of a state that lacks a part, it is refused before anything is read. */
  private void assertRefused(Path directory) throws IOException {
    Path copy = directory.resolve("tare.mv.db");
    byte[] damaged = Files.readAllBytes(copy);
    for (CommandLineRun run :
        List.of(
            runs(directory.toString()),
            CommandLineRun.of("report", "--state", directory.toString(), "-o", directory + "/out"),
            scan(directory.toString(), directory.resolve("again")))) {
      assertThat(run.err()).containsAnyOf("it is cut off at ", "its file is damaged");
      assertSaid(run, "open state file " + copy + ": ", "Move it away: layers are read again");
    }
    assertThat(directory.resolve("out")).doesNotExist();
    assertThat(directory.resolve("again")).doesNotExist();
    assertThat(copy).hasBinaryContent(damaged);
  }

  private Path copy(Path directory) throws IOException {
    return Files.copy(good.resolve("tare.mv.db"), directory.resolve("tare.mv.db"));
  }

  /** As a process leaves it that is killed while it writes. */
  private Path killed(Path directory) throws Exception {
    Path live = Files.createDirectory(directory.resolve("live"));
    copy(live);
    try (var connection = open(live);
        var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE tare_schema SET version = version");
      statement.execute("CHECKPOINT");
      return Files.copy(live.resolve("tare.mv.db"), directory.resolve("tare.mv.db"));
    }
  }

  private static Connection open(Path state) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + state.resolve("tare") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
  }

  /** Where the newest part lies, and so what is lost with an end, differs from file to file. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.25, 0.5, 0.75, 0.95})
  void stateThatIsCutOffIsNotTakenForAnOlderOne(double part, @TempDir Path directory)
      throws IOException {
    cut(copy(directory), part);
    assertRefused(directory);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5})
  void stateOfKilledProcessThatIsCutOffIsNotTakenForAnOlderOne(double part, @TempDir Path directory)
      throws Exception {
    cut(killed(directory), part);
    assertRefused(directory);
  }

  private static void cut(Path file, double part) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate((long) (channel.size() * part));
    }
  }

  @Test
  void stateOfKilledProcessIsReadAsItIs(@TempDir Path directory) throws Exception {
    killed(directory);
    CommandLineRun run = runs(directory.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(runs(good.toString()).out()).contains(registry.host());
  }

  @Test
  void stateThatIsGarbageIsSaidToBeDamaged(@TempDir Path directory) throws IOException {
    byte[] garbage = new byte[100_000];
    new java.util.Random(7).nextBytes(garbage);
    Files.write(directory.resolve("tare.mv.db"), garbage);
    assertSaid(
        runs(directory.toString()),
        "state " + directory + ": its file is damaged",
        "Move it away: layers are read again");
  }

  @Test
  void stateWhosePagesAreOverwrittenIsSaidToBeDamaged(@TempDir Path directory) throws IOException {
    overwrite(copy(directory));
    assertRefused(directory);
  }

  @Test
  void stateOfKilledProcessWhosePagesAreOverwrittenIsSaidToBeDamaged(@TempDir Path directory)
      throws Exception {
    overwrite(killed(directory));
    assertRefused(directory);
  }

  private static void overwrite(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 3 * 4096, bytes.length, (byte) 'x');
    Files.write(file, bytes);
  }

  /** As a disk does it: a part of what is stored, somewhere. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE tare_content SET content = SUBSTRING(content FROM 1 FOR OCTET_LENGTH(content) - 1)"
            + " || X'00'",
        // Inflates to a text that ends too early.
        "UPDATE tare_content SET content = X'789cab0600007c007c'",
        "UPDATE tare_run SET summary = SUBSTRING(summary FROM 1 FOR 9)",
        "UPDATE tare_run SET targets = '[' || targets",
      })
  void contentThatIsNotWhatWasStoredIsSaidToBeDamaged(String damage, @TempDir Path directory)
      throws Exception {
    copy(directory);
    try (var connection = open(directory);
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(damage)).isPositive();
    }
    assertDamaged(
        directory,
        "",
        List.of("plan"),
        List.of("tickets", "--dry-run", "-o", directory + "/out"),
        List.of("report", "-o", directory + "/out"),
        List.of("evaluate", "--quiet", "-o", directory + "/trial"),
        List.of("baseline", "-o", directory + "/known.yaml"),
        List.of("lineage", "base/debian:12"));
  }

  @SafeVarargs
  private static void assertDamaged(Path state, String why, List<String>... commands) {
    for (List<String> command : commands) {
      CommandLineRun run =
          CommandLineRun.of(
              Stream.concat(command.stream(), Stream.of("--state", state.toString()))
                  .toArray(String[]::new));
      assertSaid(
          run, "state " + state + ": its file is damaged (" + why, "Move it away: layers are read");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tare_run, started_at,",
    "tare_listed, digest,",
    "tare_listed, digest, sha256:1",
    "tare_image, verdict, fine"
  })
  void rowThatIsNotWhatWasStoredIsSaidToBeDamaged(
      String table, String column, @Nullable String value, @TempDir Path directory)
      throws Exception {
    copy(directory);
    try (var connection = open(directory);
        var definition = connection.createStatement()) {
      definition.execute("ALTER TABLE " + table + " ALTER COLUMN " + column + " DROP NOT NULL");
      try (var update =
          connection.prepareStatement("UPDATE " + table + " SET " + column + " = ?")) {
        update.setString(1, value);
        assertThat(update.executeUpdate()).isPositive();
      }
    }
    assertDamaged(
        directory,
        "a row cannot be read: ",
        List.of(table.equals("tare_run") ? "runs" : "lineage"),
        List.of("plan"),
        List.of("report", "-o", directory + "/out"));
  }

  @Test
  void fileInPlaceOfTheStatesDirectoryIsNamed(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertSaid(runs(file.toString()), file + ": it is a file, not a directory", "--state");
  }

  @Test
  void diskThatCannotBeWrittenToIsSaid(@TempDir Path directory) throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Programs.skipUnless(mount("-t", "tmpfs", "-o", "ro", "tmpfs", disk), "mount is refused");
    try {
      assertSaid(runs(disk.toString()), disk + ": read-only file system", "--state");
      assertSaid(runs(disk + "/state"), disk + "/state: Read-only file system", "--state");
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  @Test
  void directoryInPlaceOfTheStatesFileIsNamed(@TempDir Path directory) throws IOException {
    Files.createDirectory(directory.resolve("tare.mv.db"));
    assertSaid(runs(directory.toString()), "it is a directory, not a file", "Move it away");
  }

  @Test
  void stateOfAnotherVersionIsRefused(@TempDir Path directory) throws Exception {
    copy(directory);
    try (var connection = open(directory);
        var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE tare_schema SET version = 999");
    }
    assertSaid(runs(directory.toString()), "a newer Tare laid it out, as version 999", "--state");
  }

  @Test
  void stateAndItsDirectoryAreForTheUserAlone(@TempDir Path directory) throws IOException {
    assertPrivate(good);
    Path old = Files.createDirectory(directory.resolve("old"));
    Path file = copy(old);
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    // Compacting writes the file anew.
    assertThat(
            CommandLineRun.of("runs", "prune", "--keep", "1", "--state", old.toString()).status())
        .isZero();
    assertPrivate(old);
  }

  @Test
  void directoryThatHoldsOtherThingsStaysAsOpenAsItIs(@TempDir Path directory) throws IOException {
    Files.createFile(directory.resolve("mine"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(runs(directory.toString()).status()).isZero();
    assertThat(permissions(directory)).isEqualTo("rwxr-xr-x");
    assertThat(permissions(directory.resolve("tare.mv.db"))).isEqualTo("rw-------");
  }

  private static void assertPrivate(Path state) throws IOException {
    assertThat(permissions(state)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(state)) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void diskThatIsFullIsSaidAndTheSameCommandGoesOn(@TempDir Path directory) throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Programs.skipUnless(mount("-t", "tmpfs", "-o", "size=600k", "tmpfs", disk), "mount is refused");
    try {
      Path state = disk.resolve("state");
      assertSaid(
          scan(state.toString(), directory.resolve("out")),
          "state " + state + ": no space left on device",
          "Make room");
      mount("-o", "remount,size=50m", disk);
      CommandLineRun again = scan(state.toString(), directory.resolve("out"));
      assertThat(again.status()).as(again.err()).isEqualTo(1);
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "html",
        "json",
        "csv",
        "sarif",
        "junit",
        "compliance",
        "oscal",
        "policyreport",
        "metrics",
        "sbom"
      })
  void reportThatDoesNotFitOnTheDiskIsNamed(String format, @TempDir Path directory)
      throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Programs.skipUnless(mount("-t", "tmpfs", "-o", "size=4k", "tmpfs", disk), "mount is refused");
    try {
      CommandLineRun run =
          CommandLineRun.of(
              "report", "--state", good.toString(), "-o", disk.toString(), "--format", format);
      assertThat(run.err())
          .contains("No space left on device")
          .doesNotContain("defect", "\tat ", "location");
      assertThat(run.status()).isEqualTo(FAILED);
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  @Test
  void ticketsThatDoNotFitOnTheDiskAreCounted(@TempDir Path directory) throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Programs.skipUnless(mount("-t", "tmpfs", "-o", "size=4k", "tmpfs", disk), "mount is refused");
    try {
      CommandLineRun run =
          CommandLineRun.of("tickets", "--state", good.toString(), "-o", disk.toString());
      assertThat(run.out())
          .contains("not written: write ticket ", "No space left on device")
          .containsPattern("Tickets: nothing done, \\d+ not written");
      assertThat(run.status()).isEqualTo(FAILED);
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  @Test
  void planOfTicketsNeedsNoDiskThatCanBeWrittenTo(@TempDir Path directory) throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Programs.skipUnless(mount("-t", "tmpfs", "-o", "ro", "tmpfs", disk), "mount is refused");
    try {
      CommandLineRun run =
          CommandLineRun.of(
              "tickets", "--dry-run", "--state", good.toString(), "-o", disk.toString());
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).containsPattern("Tickets, planned: \\d+ to create");
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  private static boolean mount(Object... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("mount"), Stream.of(arguments).map(Object::toString)).toList();
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** It takes a minute: each of several parts of a run waits for the database before it ends. */
  @Test
  @Tag("proof")
  @SuppressWarnings("try") // The server ends in the middle; closing it again does nothing.
  void databaseThatEndsInTheMiddleIsSaid(@TempDir Path directory) throws Exception {
    try (PostgresBinary server = PostgresBinary.start()) {
      blobs.watch(RegistryCrawl.of(registry.host()).layers().keySet(), 2);
      TareProcess process =
          TareProcess.start(
              directory, "cut", Map.of(), arguments(server.jdbcUrl(), directory.resolve("out")));
      try {
        blobs.awaitHeld(2, PATIENCE);
      } catch (IllegalStateException e) {
        process.process().destroyForcibly();
        throw new IllegalStateException(process.end().toString(), e);
      }
      server.close();
      blobs.release();
      CommandLineRun cut = process.end();
      String last = cut.err().substring(cut.err().indexOf("tare: "));
      assertSaid(
          new CommandLineRun(cut.status(), cut.out(), last),
          "the database cannot be reached",
          "the same command goes on");
      assertSaid(runs(server.jdbcUrl()), "the database cannot be reached", "Check that it runs");
    }
  }

  @Test
  void databaseThatIsNotThereIsSaid() throws IOException {
    try (PostgresBinary server = PostgresBinary.start()) {
      String none = server.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/nowhere$1");
      assertSaid(runs(none), "nowhere", "Check the database's name");
    }
  }
}
