package dev.tare.batch;

import dev.tare.finding.Frameworks;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import dev.tare.plan.OwnPart;
import dev.tare.report.Reports;
import dev.tare.ticket.TrackerChoice;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to leave behind.
 *
 * @param kind of the run that leaves it; the directory of one kind is not for another
 * @param directory for reports and tickets in files
 * @param formats of reports
 * @param tickets where tickets go
 * @param frameworks files of frameworks besides the shipped ones
 * @param least severity of findings in tickets and in reports that list findings to work through
 * @param own whether reports tell the images' own part alone
 */
public record OutputRequest(
    RunKind kind,
    Path directory,
    List<String> formats,
    Tickets tickets,
    List<Path> frameworks,
    Severity least,
    boolean own) {
  /**
   * What becomes of failing images.
   *
   * @param tracker where tickets go; null for nowhere
   * @param planned the plan is made and printed, nothing is written
   */
  public record Tickets(@Nullable TrackerChoice tracker, boolean planned) {
    /** No tickets. */
    public static final Tickets NONE = new Tickets(null, false);
  }

  /** Copies the lists. */
  public OutputRequest {
    formats = List.copyOf(formats);
    frameworks = List.copyOf(frameworks);
  }

  /** These results as the reports tell them. */
  RunResults told(RunResults whole) {
    return own ? OwnPart.of(whole) : whole;
  }

  /** Whether something is written there; where a plan is all that is wanted, nothing is. */
  boolean isWritten() {
    return !(formats.isEmpty() && tickets.planned());
  }

  /**
   * Looks whether the reports can be written, and leaves nothing behind; throws USAGE where they
   * cannot, or where reports of another kind of run are there.
   */
  public void check() {
    OutputDirectory.check(this);
  }

  /** The main files of the formats, in their order; throws USAGE for an unknown format. */
  public List<Path> files() {
    Reports reports = reports();
    return formats.stream().map(format -> directory.resolve(reports.fileName(format))).toList();
  }

  /** What writes the reports; throws USAGE for a file of a framework that cannot be used. */
  Reports reports() {
    // The shipped ones are read when a report needs them; those of others are to be refused early.
    return (frameworks.isEmpty() ? new Reports() : new Reports(Frameworks.with(frameworks)))
        .from(least);
  }
}
