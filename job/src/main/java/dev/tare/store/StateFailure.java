package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.h2.api.ErrorCode;

/**
 * What happened to the state, for people: the disk is full, the file is damaged, the database is
 * gone. What a database says of a statement that it does not take is none of it: that is a defect.
 */
public final class StateFailure {
  private static final String GOES_ON = "the same command goes on where it was.";
  private static final long LEAST_ROOM_BYTES = 1 << 20;

  private StateFailure() {}

  /** The failure in words, where it is one of the state's; else as it was. */
  public static RuntimeException explained(StateLocation state, RuntimeException failure) {
    if (failure instanceof TareException known && known.kind() != FailureKind.INTERNAL) {
      return failure;
    }
    return of(state, failure).<RuntimeException>map(known -> known).orElse(failure);
  }

  /** What happened, where something in this failure, or in what caused it, tells. */
  public static Optional<TareException> of(StateLocation state, Throwable failure) {
    Set<Throwable> all = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(failure, all);
    return all.stream()
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .map(sql -> what(state, sql, all, failure))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static void collect(Throwable failure, Set<Throwable> all) {
    if (all.add(failure)) {
      if (failure.getCause() != null) {
        collect(failure.getCause(), all);
      }
      for (Throwable suppressed : failure.getSuppressed()) {
        collect(suppressed, all);
      }
      if (failure instanceof SQLException sql && sql.getNextException() != null) {
        collect(sql.getNextException(), all);
      }
    }
  }

  private static Optional<TareException> what(
      StateLocation state, SQLException sql, Set<Throwable> all, Throwable failure) {
    String code = String.valueOf(sql.getSQLState());
    boolean full =
        code.equals("53100")
            || all.stream().anyMatch(each -> says(each, "No space left on device"))
            || (state.isEmbedded() && isClosed(sql) && state.usableBytes() < LEAST_ROOM_BYTES);
    if (full) {
      return failed(
          state,
          "no space left on device",
          "Make room, or name another place with --state; " + GOES_ON,
          failure);
    }
    return state.isEmbedded()
        ? embedded(state, sql, all, failure)
        : remote(state, sql, code, failure);
  }

  private static Optional<TareException> embedded(
      StateLocation state, SQLException sql, Set<Throwable> all, Throwable failure) {
    if (sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
        || all.stream().anyMatch(each -> says(each, "already in use"))) {
      return failed(
          state,
          "another tare is using it" + state.holder(),
          "Wait for the other to end, or give this one another place with --state.",
          failure);
    }
    return switch (sql.getErrorCode()) {
      case ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.FILE_VERSION_ERROR_1,
          ErrorCode.GENERAL_ERROR_1,
          ErrorCode.ERROR_OPENING_DATABASE_1 ->
          failed(
              state,
              "its file is damaged (" + firstLine(sql) + ")",
              StateFile.DAMAGED_HINT,
              failure);
      case ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2 ->
          failed(
              state,
              firstLine(sql),
              "Check the disk and the file's permissions, or name another place with --state.",
              failure);
      case ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.CONNECTION_BROKEN_1 ->
          failed(state, "it could no longer be written", "Check the disk; " + GOES_ON, failure);
      case ErrorCode.DATABASE_IS_READ_ONLY ->
          failed(
              state,
              "it cannot be written to",
              "Check the file's permissions, or name another place with --state.",
              failure);
      default -> Optional.empty();
    };
  }

  private static boolean isClosed(SQLException sql) {
    return switch (sql.getErrorCode()) {
      case ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.OBJECT_CLOSED,
          ErrorCode.GENERAL_ERROR_1 ->
          true;
      default -> false;
    };
  }

  private static Optional<TareException> remote(
      StateLocation state, SQLException sql, String code, Throwable failure) {
    if (code.startsWith("08")
        || code.startsWith("57P")
        || sql instanceof java.sql.SQLTransientConnectionException) {
      return failed(
          state,
          "the database cannot be reached (" + firstLine(sql) + ")",
          "Check that it runs and can be reached from here; " + GOES_ON,
          failure);
    }
    return switch (code.substring(0, Math.min(2, code.length()))) {
      case "28", "3D" ->
          failed(
              state, firstLine(sql), "Check the database's name, its user and password.", failure);
      case "42" ->
          code.equals("42501")
              ? failed(state, firstLine(sql), "Give the user of the URL that right.", failure)
              : Optional.empty();
      case "53" ->
          failed(state, firstLine(sql), "Give the database more of it; " + GOES_ON, failure);
      case "25" ->
          code.equals("25006")
              ? failed(state, firstLine(sql), "Name the primary, not a replica.", failure)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<TareException> failed(
      StateLocation state, String what, String hint, Throwable failure) {
    return Optional.of(
        new TareException(FailureKind.ENVIRONMENT, "state " + state + ": " + what, hint, failure));
  }

  private static boolean says(Throwable failure, String words) {
    return String.valueOf(failure.getMessage()).contains(words);
  }

  private static String firstLine(SQLException sql) {
    return String.valueOf(sql.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
