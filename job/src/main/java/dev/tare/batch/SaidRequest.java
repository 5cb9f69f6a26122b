package dev.tare.batch;

import dev.tare.vulnerability.Said;
import dev.tare.vulnerability.ScanResults;
import dev.tare.vulnerability.VexBook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What others than feeds say of vulnerabilities.
 *
 * @param vex files of the operator's statements, and directories of such files
 * @param maxAge how long a statement holds that does not say until when
 * @param results the same of what other scanners found
 */
public record SaidRequest(List<Path> vex, Duration maxAge, List<Path> results) {
  /** Nothing. */
  public static final SaidRequest NONE = new SaidRequest(List.of(), Duration.ZERO, List.of());

  /** Copies the lists. */
  public SaidRequest {
    vex = List.copyOf(vex);
    results = List.copyOf(results);
  }

  /** Reads it, as it holds at this time; throws USAGE where something of it cannot be used. */
  Said read(Instant at) {
    return new Said(
        vex.isEmpty()
            ? VexBook.none()
            : VexBook.read(vex, maxAge, at.atZone(ZoneOffset.UTC).toLocalDate()),
        results.isEmpty() ? ScanResults.none() : ScanResults.read(results));
  }
}
