package dev.tare.report;

import dev.tare.finding.JudgedImage;
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
  private @Nullable OpenReport report;
  private @Nullable Exception failure;

  Rendering(ReportWriter writer, Path directory) {
    this.writer = writer;
    this.directory = directory;
    this.files = new ReportFiles(directory, writer.format());
  }

  void open(ReportInput input) {
    attempt(() -> report = writer.open(input, files));
  }

  void image(JudgedImage image) {
    OpenReport open = report;
    if (open != null && failure == null) {
      attempt(() -> open.image(image));
    }
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
