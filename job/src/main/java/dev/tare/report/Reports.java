package dev.tare.report;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.RunResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The formats a run can be reported in. Each file appears complete or not at all: it is written
 * beside its place and moved there. Safe for concurrent use.
 */
public final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final Map<String, ReportWriter> writers = new LinkedHashMap<>();

  /** The formats that Tare ships. */
  public Reports() {
    this(List.of(new HtmlReportWriter(), new JsonReportWriter(), new CsvReportWriter()));
  }

  /** These formats, in this order. */
  public Reports(Collection<? extends ReportWriter> writers) {
    for (ReportWriter writer : writers) {
      if (this.writers.put(writer.format(), writer) != null) {
        throw new IllegalArgumentException("two writers for the format " + writer.format());
      }
    }
  }

  /** The words that {@link #write} understands. */
  public List<String> formats() {
    return List.copyOf(writers.keySet());
  }

  /** The name of a format's main file, {@code report.json}. */
  public String fileName(String format) {
    return writer(format).fileName();
  }

  /**
   * Writes these formats into a directory, which is made where it is missing. A format that fails
   * does not keep the others from being written.
   *
   * @throws TareException of kind USAGE, before anything is written, for an unknown format and for
   *     a directory that cannot be written to; after the last format, one that names each format
   *     that failed and why
   */
  public void write(RunResults results, Path directory, Collection<String> formats) {
    Set<ReportWriter> chosen = new LinkedHashSet<>();
    for (String format : formats) {
      chosen.add(writer(format));
    }
    prepare(directory);
    Map<String, Exception> failures = new LinkedHashMap<>();
    for (ReportWriter writer : chosen) {
      Path target = directory.resolve(writer.fileName());
      try {
        write(results, writer, target);
        LOG.atDebug()
            .addKeyValue("run", results.run().id())
            .addKeyValue("file", target)
            .log("Report written");
      } catch (IOException | RuntimeException e) {
        failures.put(target.toString(), e);
      }
    }
    if (!failures.isEmpty()) {
      throw failed(failures);
    }
  }

  private ReportWriter writer(String format) {
    ReportWriter writer = writers.get(format);
    if (writer == null) {
      throw new TareException(
          FailureKind.USAGE,
          "write report: unknown format " + format,
          "Choose from: " + String.join(", ", writers.keySet()) + ".");
    }
    return writer;
  }

  private static void prepare(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
    if (!Files.isWritable(directory)) {
      throw unwritable(directory, null);
    }
  }

  private static TareException unwritable(Path directory, @Nullable IOException cause) {
    return new TareException(
        FailureKind.USAGE,
        "write report: " + directory + " is not a directory that can be written to",
        "Choose another directory with --output, or change the owner or mode of this one.",
        cause);
  }

  private static void write(RunResults results, ReportWriter writer, Path target)
      throws IOException {
    Path temporary =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      writer.write(results, temporary);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static TareException failed(Map<String, Exception> failures) {
    List<String> reasons = new ArrayList<>();
    failures.forEach((file, failure) -> reasons.add("write report " + file + ": " + text(failure)));
    Exception first = failures.values().iterator().next();
    TareException failed =
        new TareException(kind(first), String.join("; ", reasons), hint(first), first);
    failures.values().stream().skip(1).forEach(failed::addSuppressed);
    return failed;
  }

  private static String text(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static FailureKind kind(Exception failure) {
    if (failure instanceof TareException known) {
      return known.kind();
    }
    return ioCause(failure) ? FailureKind.ENVIRONMENT : FailureKind.INTERNAL;
  }

  private static @Nullable String hint(Exception failure) {
    if (failure instanceof TareException known) {
      return known.hint();
    }
    return ioCause(failure)
        ? "The results are stored: make room or choose another --output, then run tare report."
        : null;
  }

  /** Jackson and the streams of the JDK wrap an input or output failure as an unchecked one. */
  private static boolean ioCause(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }
}
