package dev.tare.registry.local;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Files of a directory. Links are followed: what is read is verified by its digest anyway. */
final class DirectoryFiles implements LocalFiles {
  private final Path directory;

  DirectoryFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public boolean has(String name) {
    try {
      return Files.isRegularFile(directory.resolve(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Files.newInputStream(regular(name));
  }

  @Override
  public FileSummary summary(String name) throws IOException {
    Path file = regular(name);
    try (InputStream in = Files.newInputStream(file)) {
      return FileSummary.of(in, Files.size(file));
    }
  }

  /** Opening a pipe would wait for ever. */
  private Path regular(String name) throws FileNotFoundException {
    if (!has(name)) {
      throw new FileNotFoundException("there is no file " + name);
    }
    return directory.resolve(name);
  }
}
