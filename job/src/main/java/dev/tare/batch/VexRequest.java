package dev.tare.batch;

import dev.tare.vulnerability.VexBook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What the operator says of vulnerabilities.
 *
 * @param places files, and directories of files
 * @param maxAge how long a statement holds that does not say until when
 */
public record VexRequest(List<Path> places, Duration maxAge) {
  /** Nothing. */
  public static final VexRequest NONE = new VexRequest(List.of(), Duration.ZERO);

  /** Copies the list. */
  public VexRequest {
    places = List.copyOf(places);
  }

  /** Reads it, as it holds at this time; throws USAGE where something of it cannot be used. */
  VexBook read(Instant at) {
    return places.isEmpty()
        ? VexBook.none()
        : VexBook.read(places, maxAge, at.atZone(ZoneOffset.UTC).toLocalDate());
  }
}
