package dev.tare.finding;

import java.time.Instant;
import java.util.List;

/** Which run it was: when, of what, by which version and policies. */
public record RunInfo(
    String id,
    String toolVersion,
    Instant startedAt,
    Instant finishedAt,
    List<String> targets,
    List<PolicyRevision> policies) {
  /** Copies the collections. */
  public RunInfo {
    targets = List.copyOf(targets);
    policies = List.copyOf(policies);
  }
}
