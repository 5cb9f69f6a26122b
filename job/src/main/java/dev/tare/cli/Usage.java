package dev.tare.cli;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import org.jspecify.annotations.Nullable;

/** Errors of whoever typed the command. */
final class Usage {
  private Usage() {}

  static TareException error(String message, @Nullable String hint) {
    return new TareException(FailureKind.USAGE, message, hint);
  }
}
