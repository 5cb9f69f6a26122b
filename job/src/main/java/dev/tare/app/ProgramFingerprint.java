package dev.tare.app;

import dev.tare.oci.Digest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Tells one build of Tare from another, of the same version too: by the names and checksums of its
 * classes and lists, which a jar has at its end, or by their times in a directory.
 */
final class ProgramFingerprint {
  private ProgramFingerprint() {}

  /** Of the running program. */
  static String current() {
    try {
      return of(
          place(
              System.getProperty("java.class.path", ""),
              ProgramFingerprint.class.getProtectionDomain().getCodeSource()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The jar that was started, or else where its classes are. Of a class out of an archive
   * (class-data sharing) java says where it was when the archive was made, and nothing where that
   * is not there.
   */
  static Path place(String classPath, @Nullable CodeSource source) {
    URL location = source == null ? null : source.getLocation();
    boolean oneJar = !classPath.contains(File.pathSeparator) && classPath.endsWith(".jar");
    return oneJar || location == null || !"file".equals(location.getProtocol())
        ? Path.of(classPath)
        : Path.of(URI.create(location.toString()));
  }

  static String of(Path place) throws IOException {
    List<String> parts = Files.isDirectory(place) ? files(place) : entries(place);
    return Digest.sha256(String.join("\n", parts).getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static List<String> entries(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .map(entry -> entry.getName() + " " + entry.getSize() + " " + entry.getCrc())
          .sorted()
          .toList();
    }
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> {
            try {
              return directory.relativize(file)
                  + " "
                  + Files.size(file)
                  + " "
                  + Files.getLastModifiedTime(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          })
          .sorted()
          .collect(Collectors.toUnmodifiableList());
    }
  }
}
