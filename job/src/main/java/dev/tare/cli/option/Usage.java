package dev.tare.cli.option;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import org.jspecify.annotations.Nullable;

/** Errors of whoever typed the command. */
public final class Usage {
  private Usage() {}

  public static TareException error(String message, @Nullable String hint) {
    return new TareException(FailureKind.USAGE, message, hint);
  }

  /** Refuses a number that an option cannot have. */
  public static void requireRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw error(option + " " + value + ": expected " + least + " to " + most, null);
    }
  }
}
