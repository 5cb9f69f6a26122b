package dev.tare.registry.local;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;

/** Reads something of this machine; may fail. */
@FunctionalInterface
interface LocalReading<T> {
  T read() throws IOException;

  /** Reads it; what fails begins with the action. */
  static <T> T of(String action, LocalReading<T> reading) {
    try {
      return reading.read();
    } catch (FileNotFoundException e) {
      throw new TareException(FailureKind.NOT_FOUND, action + ": " + e.getMessage(), null, e);
    } catch (EOFException e) {
      // Most libraries leave the message out.
      String message = e.getMessage();
      throw new TareException(
          FailureKind.BAD_CONTENT,
          action + ": " + (message == null ? "it ends too early" : message),
          null,
          e);
    } catch (IOException e) {
      throw new TareException(FailureKind.BAD_CONTENT, action + ": " + e.getMessage(), null, e);
    } catch (TareException e) {
      if (String.valueOf(e.getMessage()).startsWith(action)
          || e.kind() == FailureKind.ENVIRONMENT) {
        throw e;
      }
      throw new TareException(e.kind(), action + ": " + e.getMessage(), e.hint(), e);
    }
  }
}
