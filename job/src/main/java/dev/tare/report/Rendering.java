package dev.tare.report;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Severity;
import dev.tare.plan.Plan;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One format of one run: takes what the run has to give until something fails, remembers why, and
 * leaves the other formats alone.
 */
final class Rendering implements Closeable {
  private interface Step {
    void run() throws IOException;
  }

  private final ReportWriter writer;
  private final Path directory;
  private final ReportFiles files;
  private final Severity least;
  private @Nullable OpenReport report;
  private @Nullable Exception failure;

  /**
   * @param least severity of outcomes in a format that lists findings
   */
  Rendering(ReportWriter writer, Path directory, Severity least) {
    this.writer = writer;
    this.directory = directory;
    this.least = writer.listsFindings() ? least : Severity.NOTE;
    this.files = new ReportFiles(directory, writer.format());
  }

  void open(ReportInput input) {
    attempt(() -> report = writer.open(input, files));
  }

  void image(JudgedImage image) {
    OpenReport open = report;
    if (open != null && failure == null) {
      attempt(() -> open.image(shown(image)));
    }
  }

  private JudgedImage shown(JudgedImage image) {
    return least == Severity.NOTE
        ? image
        : image.with(
            image.outcomes().stream()
                .filter(outcome -> outcome.severity().compareTo(least) >= 0)
                .toList());
  }

  void finish(Plan plan) {
    OpenReport open = report;
    if (open != null && failure == null) {
      attempt(() -> {
        open.finish(plan);
        files.publish(writer.ownFiles());
      });
    }
  }

  Path target() {
    return directory.resolve(writer.fileName());
  }

  @Nullable Exception failure() {
    return failure;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  /** Gives up what was not published. */
  @Override
  public void close() throws IOException {
    // A stream that could not be written cannot be flushed either: the first reason stands.
    OpenReport open = report;
    if (open != null) {
      try {
        open.close();
      } catch (IOException | RuntimeException e) {
        if (failure == null) {
          failure = e;
        }
      }
    }
    files.close();
  }
}
