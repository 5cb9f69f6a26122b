package dev.tare.registry.local;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.registry.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where on this machine images are, written as registries are in references: {@code oci:/DIR} is an
 * OCI layout (a directory, or a tar of one), {@code docker-archive:/FILE} what docker save wrote.
 *
 * @param prefix {@code oci:} or {@code docker-archive:}
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI Image
 *     Layout</a>
 */
public record LocalPlace(String prefix, Path path) {
  static final String LAYOUT = "oci:";
  static final String ARCHIVE = "docker-archive:";

  /** What skopeo and podman call a tar of a layout. */
  private static final String LAYOUT_TAR = "oci-archive:";

  public static boolean isOne(String registry) {
    return registry.startsWith(LAYOUT)
        || registry.startsWith(ARCHIVE)
        || registry.startsWith(LAYOUT_TAR);
  }

  /** Parses {@code oci:PATH} or {@code docker-archive:PATH}; throws USAGE where that is no path. */
  public static LocalPlace of(String registry) {
    String prefix = registry.startsWith(ARCHIVE) ? ARCHIVE : LAYOUT;
    String path = registry.substring(registry.indexOf(':') + 1);
    try {
      if (!path.isEmpty()) {
        return new LocalPlace(prefix, Path.of(path).toAbsolutePath().normalize());
      }
    } catch (InvalidPathException e) {
      throw new TareException(
          FailureKind.USAGE, "target \"" + registry + "\": " + e.getMessage(), null, e);
    }
    throw new TareException(
        FailureKind.USAGE,
        "target \"" + registry + "\": expected a path after " + prefix,
        prefix.equals(LAYOUT)
            ? "For example oci:build/image or oci:build/image:1.2."
            : "For example docker-archive:app.tar.");
  }

  /** The name under which its images are referred to. */
  public String registry() {
    return prefix + path;
  }

  /** What its images are called where nothing else names them. */
  String repository() {
    Path name = path.getFileName();
    return LocalNames.repository(name == null ? "" : name.toString());
  }

  public ImageSource source() {
    return new LocalImageSource(this);
  }

  /** Opens it; throws ENVIRONMENT where there is nothing. */
  LocalFiles files() throws IOException {
    if (Files.isDirectory(path) && prefix.equals(LAYOUT)) {
      return new DirectoryFiles(path);
    }
    if (Files.isRegularFile(path)) {
      return new ArchiveFiles(ArchivePath.of(path), KeptBudget.ofFile());
    }
    throw new TareException(
        FailureKind.ENVIRONMENT,
        "open "
            + registry()
            + ": "
            + (Files.exists(path) ? "it is not a file that holds images" : "there is no such file"),
        "Check the path.");
  }

  /** Reads which images there are. */
  LocalImages images(LocalFiles files) throws IOException {
    boolean saved = prefix.equals(ARCHIVE) && files.has(SavedImages.MANIFEST);
    return saved
        ? new SavedImages(registry(), repository(), files).read()
        : new LayoutImages(repository(), files).read();
  }
}
