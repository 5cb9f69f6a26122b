package dev.tare.cli;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;

/** What no code of ours can foresee and everybody can act on: no memory, no room on the disk. */
final class Shortage {
  private static final int MAX_CAUSES = 64;

  private Shortage() {}

  /**
   * The failure in words, where it comes from a shortage and nobody has said so; else as it was.
   */
  static Throwable explained(Throwable failure) {
    if (failure instanceof TareException known && known.kind() != FailureKind.INTERNAL) {
      return failure;
    }
    Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return new TareException(
            FailureKind.ENVIRONMENT,
            "out of memory: java may use " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB",
            "TARE_JAVA_OPTS=-Xmx1g gives it more, a lower --parallelism needs less.",
            failure);
      }
      if (String.valueOf(cause.getMessage()).contains("No space left on device")) {
        return new TareException(
            FailureKind.ENVIRONMENT,
            "no space left on device",
            "Make room where the state, the reports and temporary files ("
                + System.getProperty("java.io.tmpdir")
                + ") are.",
            failure);
      }
    }
    return failure;
  }
}
