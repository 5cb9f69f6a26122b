package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import dev.tare.store.file.StateFile;
import dev.tare.store.packed.DamagedContent;
import dev.tare.store.packed.StoredJson;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the state is: a directory for an embedded database, or a database by its JDBC URL.
 *
 * <p>This is the one place that takes a URL apart. Passwords, and whatever else may be secret, are
 * handed to the driver as settings: so neither the driver nor anybody else can quote them in a
 * message. {@link #toString} is what may be shown.
 */
public final class StateLocation {
  /** The embedded database closes when Tare closes it, not when the process is asked to stop. */
  private static final String EMBEDDED =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
          + ";TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=64";

  private static final Logger LOG = LoggerFactory.getLogger(StateLocation.class);
  private static final String HOLDER = "tare.holder";

  private final String place;
  private final String url;
  private final Map<String, String> settings;
  private final @Nullable Path directory;

  /**
   * A database whose URL has been taken apart.
   *
   * @param place what may be shown
   * @param url for the driver, without anything secret
   * @param settings for the driver, by name
   */
  StateLocation(String place, String url, Map<String, String> settings) {
    this(place, url, settings, null);
  }

  private StateLocation(
      String place, String url, Map<String, String> settings, @Nullable Path directory) {
    this.place = place;
    this.url = url;
    this.settings = Map.copyOf(settings);
    this.directory = directory;
  }

  /**
   * Understands what {@code --state} says.
   *
   * @throws TareException USAGE where it is neither a directory nor a URL of a database that Tare
   *     knows
   */
  public static StateLocation parse(String word) {
    String text = word.strip();
    if (text.isEmpty()) {
      throw new TareException(
          FailureKind.USAGE, "state \"\": no name", "Use a directory, or a jdbc:postgresql: URL.");
    }
    return DatabaseUrl.isOne(text) ? DatabaseUrl.parse(text) : directory(text);
  }

  private static StateLocation directory(String text) {
    Path directory = Path.of(text).toAbsolutePath();
    if (text.contains(";")) {
      throw new TareException(
          FailureKind.USAGE,
          "state directory " + directory + ": it has a semicolon in its name",
          "The embedded database cannot open it: name another directory with --state.");
    }
    return new StateLocation(
        directory.toString(),
        "jdbc:h2:" + PrivateFiles.SCHEME + ":" + directory.resolve("tare") + EMBEDDED,
        Map.of(),
        directory);
  }

  /**
   * Creates the directory where it is one, and missing. It and its files are for the user alone; a
   * directory that holds other things too stays as open as it is.
   *
   * @throws TareException ENVIRONMENT where it cannot be written to
   */
  public void prepare() {
    if (directory == null) {
      return;
    }
    try {
      boolean mine = Files.notExists(directory) || holdsNothingElse(directory);
      Files.createDirectories(directory);
      if (mine) {
        close(directory);
      }
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "create state directory " + directory + ": " + FileReason.of(e),
          "Name a directory you may write to with --state.",
          e);
    }
    if (!Files.isWritable(directory)) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "write to state directory "
              + directory
              + ": "
              + (isReadOnly(directory) ? "read-only file system" : "permission denied"),
          "Name a directory you may write to with --state.");
    }
    PrivateFiles.register();
    StateFile.check(directory.resolve("tare.mv.db"));
  }

  private static boolean isReadOnly(Path directory) {
    try {
      return Files.getFileStore(directory).isReadOnly();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean holdsNothingElse(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.allMatch(file -> file.getFileName().toString().startsWith("tare."));
    }
  }

  private static void close(Path directory) throws IOException {
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (FileSystemException | UnsupportedOperationException e) {
      // A mounted volume belongs to somebody else, or there are no permissions here.
    }
  }

  /** Whether it is a file of the embedded database, in whichever way it is named. */
  boolean isEmbedded() {
    return url.startsWith("jdbc:h2:");
  }

  /** How much room its disk has; as much as can be where that is not known. */
  long usableBytes() {
    try {
      return directory == null ? Long.MAX_VALUE : Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /**
   * Notes beside an embedded database that this process has it open now. Only a word for others:
   * the database itself keeps them out.
   */
  public void sign() {
    if (directory != null) {
      try {
        PrivateFiles.write(directory.resolve(HOLDER), StoredJson.text(Holder.self()));
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("holder of the state cannot be noted");
      }
    }
  }

  /** Who has the state open, and since when, behind a colon; empty where that is not known. */
  public String holder() {
    if (directory == null) {
      return "";
    }
    try {
      Holder holder = StoredJson.value(Files.readString(directory.resolve(HOLDER)), Holder.class);
      return holder.mayLive() ? ": " + holder : "";
    } catch (IOException | DamagedContent e) {
      return "";
    }
  }

  /** For the driver; without user and password. */
  public String url() {
    return url;
  }

  /** For the driver, by the names that it knows them by. May hold a password. */
  public Map<String, String> settings() {
    return settings;
  }

  /** What may be shown: where it is and whose, without a password. */
  @Override
  public String toString() {
    return place;
  }
}
