package dev.tare.finding;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which run it was: when, of what, by which version and policies.
 *
 * @param factsOf the run whose facts were judged again, null where it measured its own
 */
public record RunInfo(
    String id,
    RunKind kind,
    @Nullable String factsOf,
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
