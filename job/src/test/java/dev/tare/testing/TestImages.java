package dev.tare.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * Real images to test with. They are not part of the repository: they stand in {@code
 * shared/images} beside the checkout, or in the directory that the environment variable {@code
 * TARE_TEST_IMAGES} names. A test that asks for one is skipped, with a word, where there are none.
 */
public final class TestImages {
  private TestImages() {}

  /** The file or directory of this name, for example {@code oci/dive-zstd.tar}. */
  public static Path path(String name) {
    Path path = directory().resolve(name);
    Programs.skipUnless(
        Files.exists(path),
        "real image " + path + " is absent: set TARE_TEST_IMAGES to a directory that holds it");
    return path;
  }

  /** Real feeds of advisories, beside the images: {@code osv/osv-AlmaLinux-9-all.zip}. */
  public static Path feed(String name) {
    Path path = directory().resolveSibling("vulnerabilities").resolve(name);
    Programs.skipUnless(Files.exists(path), "real feed " + path + " is absent");
    return path;
  }

  /** Whether there are any, for tests that do with or without. */
  public static boolean areThere() {
    return Files.isDirectory(directory());
  }

  private static Path directory() {
    String configured = System.getenv("TARE_TEST_IMAGES");
    return configured != null
        ? Path.of(configured)
        : repository().getParent().resolve("shared").resolve("images");
  }

  /** The root of this checkout. */
  public static Path repository() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("mvnw"))) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IllegalStateException("no checkout above " + Path.of("").toAbsolutePath());
      }
      directory = parent;
    }
    return directory;
  }

  /** A blob of a layout: some hold links, which came as the path they lead to. */
  public static Path blob(Path layout, JsonNode descriptor) throws IOException {
    Path blob =
        layout.resolve("blobs").resolve(descriptor.path("digest").stringValue().replace(':', '/'));
    boolean link =
        Files.exists(blob) && Files.size(blob) < 100 && Files.readString(blob).startsWith("../");
    return link ? blob.resolveSibling(Files.readString(blob)) : blob;
  }
}
