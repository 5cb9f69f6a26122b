package dev.tare.batch;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import dev.tare.finding.RunKind;
import dev.tare.report.Reports;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that reports can be written before hours are spent on what stands in them, and that
 * those of a scan, an evaluation and a demo never take each other's place. A directory with reports
 * holds a hidden file {@value #MARK} with the word of their kind.
 */
final class OutputDirectory {
  private static final String MARK = ".tare-kind";
  private static final String REPORT = "report.json";
  private static final int LONGEST_WORD = 64;

  private OutputDirectory() {}

  /**
   * Looks, and leaves nothing behind: throws USAGE where nothing can be written there, where
   * reports of another kind of run are there, or where a format is unknown.
   */
  static void check(OutputRequest output) {
    Path directory = output.directory();
    Reports reports = output.reports();
    for (String format : output.formats()) {
      Path file = directory.resolve(reports.fileName(format));
      if (reports.isDirectory(format)) {
        checkDirectory(file);
      } else {
        checkFile(file);
      }
    }
    try {
      Path existing = existing(directory);
      if (Files.isRegularFile(existing)) {
        throw new FileAlreadyExistsException(existing.toString());
      }
      if (output.isWritten()) {
        probe(existing);
      }
      RunKind there = kind(directory);
      if (there != null && there != output.kind()) {
        throw new TareException(
            FailureKind.USAGE,
            "write to output directory %s: the reports there are of %s, these would be of %s"
                .formatted(directory, phrase(there), phrase(output.kind())),
            "Name another directory with --output.");
      }
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  /** Makes the directory where it is missing, and marks it as one of this kind of run. */
  static void claim(OutputRequest output) {
    Path directory = output.directory();
    try {
      Files.createDirectories(directory);
      if (kind(directory) != output.kind()) {
        Files.writeString(directory.resolve(MARK), output.kind().word() + "\n");
      }
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  private static TareException unwritable(Path directory, IOException cause) {
    return new TareException(
        FailureKind.USAGE,
        "write to output directory " + directory + ": " + FileReason.of(cause),
        "Name a directory you may write to with --output.",
        cause);
  }

  private static void checkDirectory(Path directory) {
    if (Files.isRegularFile(directory)) {
      throw new TareException(
          FailureKind.USAGE,
          "write reports into " + directory + ": a file is in its place",
          "Move it away, or name another directory with --output.");
    }
  }

  private static void checkFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new TareException(
          FailureKind.USAGE,
          "write report " + file + ": a directory is in its place",
          "Move it away, or name another directory with --output.");
    }
  }

  /** The directory itself where it is there, else the nearest one above it. */
  private static Path existing(Path directory) {
    Path existing = directory.toAbsolutePath();
    while (Files.notExists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  private static void probe(Path directory) throws IOException {
    Files.delete(Files.createTempFile(directory, ".tare", ".probe"));
  }

  /**
   * Whose reports are in a directory; null where there are none. Reports that nobody has marked are
   * taken for a scan's.
   */
  private static @Nullable RunKind kind(Path directory) throws IOException {
    if (!Files.isDirectory(directory) || isEmpty(directory)) {
      return null;
    }
    Path mark = directory.resolve(MARK);
    if (Files.isRegularFile(mark)) {
      return RunKind.ofWord(word(mark)).orElse(RunKind.SCAN);
    }
    return Files.exists(directory.resolve(REPORT)) ? RunKind.SCAN : null;
  }

  /** Whether there is nothing but what is hidden: of reports that were deleted the mark remains. */
  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.allMatch(file -> file.getFileName().toString().startsWith("."));
    }
  }

  private static String word(Path mark) throws IOException {
    try (InputStream in = Files.newInputStream(mark)) {
      return new String(in.readNBytes(LONGEST_WORD), StandardCharsets.UTF_8).strip();
    }
  }

  private static String phrase(RunKind kind) {
    return switch (kind) {
      case SCAN -> "a scan";
      case EVALUATION -> "an evaluation";
      case DEMO -> "the demo";
      case INSPECTION -> "an inspection";
    };
  }
}
