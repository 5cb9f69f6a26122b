package dev.tare.finding;

/** How much one finding counts beside others; docs/plan.md and docs/report.md say it too. */
public final class Worth {
  private Worth() {}

  /** Of a finding of this severity. */
  public static long of(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 1000;
      case HIGH -> 100;
      case MEDIUM -> 10;
      case LOW -> 1;
      case NOTE -> 0;
    };
  }
}
