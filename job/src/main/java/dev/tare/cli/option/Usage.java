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
}
