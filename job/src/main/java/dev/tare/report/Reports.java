package dev.tare.report;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import dev.tare.finding.Framework;
import dev.tare.finding.Frameworks;
import dev.tare.finding.Severity;
import dev.tare.plan.Plan;
import dev.tare.plan.Planner;
import dev.tare.report.compliance.ComplianceReportWriter;
import dev.tare.report.compliance.OscalReportWriter;
import dev.tare.report.format.ReportWriter;
import dev.tare.report.gitlab.CodeQualityReportWriter;
import dev.tare.report.html.HtmlReportWriter;
import dev.tare.report.json.JsonReportWriter;
import dev.tare.report.kubernetes.PolicyReportWriter;
import dev.tare.report.metrics.MetricsReportWriter;
import dev.tare.report.sarif.SarifReportWriter;
import dev.tare.report.sbom.SbomReportWriter;
import dev.tare.report.summary.MarkdownReportWriter;
import dev.tare.report.table.CsvReportWriter;
import dev.tare.report.table.JunitReportWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The formats a run can be reported in. All formats that are asked for are written in one pass over
 * the images. Each file appears complete or not at all. Safe for concurrent use.
 */
public final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final Map<String, ReportWriter> writers = new LinkedHashMap<>();
  private final Severity least;

  /** The formats that Tare ships, with the frameworks that it ships. */
  public Reports() {
    this(writers(Frameworks::shipped), Severity.NOTE);
  }

  /** The same with these frameworks. */
  public Reports(List<Framework> frameworks) {
    this(writers(() -> frameworks), Severity.NOTE);
  }

  private static Collection<ReportWriter> writers(Supplier<List<Framework>> frameworks) {
    return List.of(
        new HtmlReportWriter(),
        new JsonReportWriter(),
        new CsvReportWriter(),
        new SarifReportWriter(),
        new JunitReportWriter(),
        new CodeQualityReportWriter(),
        new MarkdownReportWriter(),
        new ComplianceReportWriter(frameworks),
        new OscalReportWriter(frameworks),
        new PolicyReportWriter(),
        new MetricsReportWriter(),
        new SbomReportWriter());
  }

  /** These formats, in this order. */
  Reports(Collection<? extends ReportWriter> writers) {
    this(writers, Severity.NOTE);
  }

  private Reports(Collection<? extends ReportWriter> writers, Severity least) {
    this.least = least;
    for (ReportWriter writer : writers) {
      if (this.writers.put(writer.format(), writer) != null) {
        throw new IllegalArgumentException("two writers for the format " + writer.format());
      }
    }
  }

  /**
   * The same, where formats that list findings to work through (sarif, junit, codequality) hold no
   * outcome of less severity.
   */
  public Reports from(Severity least) {
    return new Reports(writers.values(), least);
  }

  /** The words that {@link #write} understands. */
  public List<String> formats() {
    return List.copyOf(writers.keySet());
  }

  /** Whether a format writes a directory of that name, with a file for each image. */
  public boolean isDirectory(String format) {
    return writer(format).isDirectory();
  }

  /** The name of a format's main file, {@code report.json}. */
  public String fileName(String format) {
    return writer(format).fileName();
  }

  /**
   * Writes these formats into a directory, which is made where it is missing. A format that fails
   * does not keep the others from being written.
   *
   * @return what to do first
   * @throws TareException of kind USAGE, before anything is written, for an unknown format and for
   *     a directory that cannot be written to; after the last format, one that names each format
   *     that failed and why
   */
  public Plan write(ReportInput input, Path directory, Collection<String> formats) {
    return write(input, directory, formats, () -> {});
  }

  /**
   * As above.
   *
   * @param imageDone called after each image
   * @return what to do first
   */
  public Plan write(
      ReportInput input, Path directory, Collection<String> formats, Runnable imageDone) {
    Set<ReportWriter> chosen = new LinkedHashSet<>();
    for (String format : formats) {
      chosen.add(writer(format));
    }
    prepare(directory);
    List<Rendering> renderings =
        chosen.stream().map(writer -> new Rendering(writer, directory, least)).toList();
    Planner planner = new Planner(input.results().rules(), input.bases());
    Plan plan;
    try (SideBySide work = new SideBySide(renderings)) {
      renderings.forEach(rendering -> rendering.open(input));
      input
          .results()
          .forEachImage(image -> {
            planner.add(image);
            work.add(image);
            imageDone.run();
          });
      work.finish();
      plan = planner.plan();
      renderings.forEach(rendering -> rendering.finish(plan));
    } finally {
      close(renderings);
    }
    Map<String, Exception> failures = new LinkedHashMap<>();
    for (Rendering rendering : renderings) {
      Exception failure = rendering.failure();
      if (failure == null) {
        LOG.atDebug()
            .addKeyValue("run", input.results().run().id())
            .addKeyValue("file", rendering.target())
            .log("Report written");
      } else {
        failures.put(rendering.target().toString(), failure);
      }
    }
    if (!failures.isEmpty()) {
      throw failed(failures);
    }
    return plan;
  }

  private static void close(List<Rendering> renderings) {
    for (Rendering rendering : renderings) {
      try {
        rendering.close();
      } catch (IOException e) {
        // The report stands; what is left behind is a hidden folder.
        LOG.atWarn()
            .addKeyValue("file", rendering.target())
            .setCause(e)
            .log("Temporary files of a report could not be removed");
      }
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
    IOException cause = ioCause(failure);
    if (cause != null && !(failure instanceof TareException)) {
      return FileReason.of(cause);
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static FailureKind kind(Exception failure) {
    if (failure instanceof TareException known) {
      return known.kind();
    }
    return ioCause(failure) != null ? FailureKind.ENVIRONMENT : FailureKind.INTERNAL;
  }

  private static @Nullable String hint(Exception failure) {
    if (failure instanceof TareException known) {
      return known.hint();
    }
    return ioCause(failure) != null
        ? "The results are stored: make room or choose another --output, then run tare report."
        : null;
  }

  /** Jackson and the streams of the JDK wrap an input or output failure as an unchecked one. */
  private static @Nullable IOException ioCause(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException found) {
        return found;
      }
    }
    return null;
  }
}
