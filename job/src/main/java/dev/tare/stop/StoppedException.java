package dev.tare.stop;

/**
 * Work was cut short because the process is to end. It says nothing about what was being worked on,
 * so it is never recorded as a failure of that: it is no TareException, and whoever catches every
 * RuntimeException lets this one pass.
 */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With these words for whoever stopped it. */
  public StoppedException(String message) {
    super(message);
  }
}
