package dev.tare.batch;

import dev.tare.report.Reports;
import java.nio.file.Path;
import java.util.List;

/**
 * What to leave behind.
 *
 * @param directory for reports and the file tracker's tickets
 * @param formats of reports
 * @param tickets where tickets go
 */
public record OutputRequest(Path directory, List<String> formats, Tickets tickets) {
  /** What becomes of failing images. */
  public enum Tickets {
    /** One Markdown file a ticket, under {@code tickets/} in the output directory. */
    FILE,
    /** The plan is made and printed, nothing is written. */
    DRY_RUN,
    /** No tickets. */
    NONE
  }

  /** Copies the formats. */
  public OutputRequest {
    formats = List.copyOf(formats);
  }

  /** The main files of the formats, in their order; throws USAGE for an unknown format. */
  public List<Path> files() {
    Reports reports = new Reports();
    return formats.stream().map(format -> directory.resolve(reports.fileName(format))).toList();
  }
}
