package dev.tare.batch;

/** A run was stopped before its end; the same command goes on where it was. */
public final class InterruptedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InterruptedRunException(String runId) {
    super("run " + runId + " was interrupted; the same command resumes it");
  }
}
