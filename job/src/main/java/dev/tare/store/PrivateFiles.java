package dev.tare.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The embedded database's files, those of its own making too, readable for the user alone: {@code
 * jdbc:h2:private:/directory/name}. On a file system without such permissions they are as it makes
 * them.
 */
public final class PrivateFiles extends FilePathWrapper {
  static final String SCHEME = "private";

  private static final Set<PosixFilePermission> USER_ALONE =
      PosixFilePermissions.fromString("rw-------");

  /** Made by the database for each name. */
  public PrivateFiles() {}

  /** Makes the scheme known to the database. */
  static void register() {
    FilePath.register(new PrivateFiles());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public boolean createFile() {
    boolean created = super.createFile();
    keepPrivate(path(getBase()));
    return created;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    if (!mode.equals("r")) {
      make(path(getBase()));
    }
    return super.open(mode);
  }

  @Override
  public OutputStream newOutputStream(boolean append) throws IOException {
    make(path(getBase()));
    return super.newOutputStream(append);
  }

  @Override
  public FilePath createTempFile(String suffix, boolean inTempDir) throws IOException {
    FilePath file = super.createTempFile(suffix, inTempDir);
    keepPrivate(path(file.unwrap()));
    return file;
  }

  /** Before the database makes it, so that there is no moment at which others can open it. */
  private static void make(Path file) {
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(USER_ALONE));
    } catch (FileAlreadyExistsException e) {
      keepPrivate(file);
    } catch (IOException | UnsupportedOperationException e) {
      // The database tries too, and says what is wrong.
    }
  }

  private static void keepPrivate(Path file) {
    try {
      Files.setPosixFilePermissions(file, USER_ALONE);
    } catch (IOException | UnsupportedOperationException e) {
      // Somebody else's, or there are no permissions here: it stays as it is.
    }
  }

  private static Path path(FilePath file) {
    return Path.of(file.toString());
  }

  /** Writes a file beside the database's own, for the user alone as well. */
  static void write(Path file, String text) throws IOException {
    make(file);
    Files.writeString(file, text);
  }
}
