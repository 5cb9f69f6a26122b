package dev.tare.plan;

import dev.tare.finding.Severity;

/** What ending one finding is worth; docs/plan.md says it too. */
final class Worth {
  private Worth() {}

  static long of(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 1000;
      case HIGH -> 100;
      case MEDIUM -> 10;
      case LOW -> 1;
      case NOTE -> 0;
    };
  }
}
