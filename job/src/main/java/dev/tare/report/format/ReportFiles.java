package dev.tare.report.format;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one format on their way into the output directory. They are written in a folder
 * beside their places and moved there when all of them are complete, so that a reader never sees
 * half a file. Closing removes what was not published.
 */
public final class ReportFiles implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Path directory;
  private final Path staging;
  private final Set<String> names = new LinkedHashSet<>();

  /** Files for this directory. */
  public ReportFiles(Path directory, String format) {
    this.directory = directory;
    this.staging = directory.resolve("." + format + "." + UUID.randomUUID() + ".tmp");
  }

  /** A new file; {@code name} is its place below the output directory. */
  public OutputStream create(String name) throws IOException {
    if (!names.add(name)) {
      throw new IOException("write report " + name + ": written twice");
    }
    Path file = staging.resolve(name);
    Files.createDirectories(file.getParent());
    return new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
  }

  /** A new text file, in UTF-8. */
  public Writer createText(String name) throws IOException {
    return new BufferedWriter(new OutputStreamWriter(create(name), StandardCharsets.UTF_8), BUFFER);
  }

  /**
   * Moves the files to their places, the one that was begun first last: it is the one that is
   * looked for. Then removes those of an earlier run that are no more.
   *
   * @param own the names that belong to the format
   */
  public void publish(Pattern own) throws IOException {
    List<String> order = new ArrayList<>(names);
    Collections.reverse(order);
    for (String name : order) {
      Path target = directory.resolve(name);
      Files.createDirectories(target.getParent());
      Files.move(staging.resolve(name), target, StandardCopyOption.ATOMIC_MOVE);
    }
    for (String name : present()) {
      if (own.matcher(name).matches() && !names.contains(name)) {
        Files.delete(directory.resolve(name));
      }
    }
  }

  /** Files in the output directory and in the folders directly in it. */
  private List<String> present() throws IOException {
    try (Stream<Path> files = Files.find(directory, 2, (path, type) -> type.isRegularFile())) {
      return files
          .map(file -> directory.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.startsWith("."))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(staging)) {
      List<Path> deepestFirst;
      try (Stream<Path> paths = Files.walk(staging)) {
        deepestFirst = new ArrayList<>(paths.toList());
      }
      Collections.reverse(deepestFirst);
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }
}
