package dev.tare.report.format;

import dev.tare.finding.JudgedImage;
import dev.tare.plan.Plan;
import java.io.Closeable;
import java.io.IOException;

/**
 * A report that is being written: every image in the order of the run, then the end. Closing
 * without an end gives up.
 */
public interface OpenReport extends Closeable {
  /** Adds an image. */
  void image(JudgedImage image) throws IOException;

  /**
   * Writes what comes after the images and closes the files.
   *
   * @param plan what to do first about these images
   */
  void finish(Plan plan) throws IOException;
}
