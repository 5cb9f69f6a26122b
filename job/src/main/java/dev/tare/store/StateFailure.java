package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.store.file.StateFile;
import dev.tare.store.packed.DamagedContent;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcException;

/**
 * What happened to the state, for people: the disk is full, the file is damaged, the database is
 * gone. What a database says of a statement that it does not take is none of it: that is a defect.
 */
public final class StateFailure {
  private static final String GOES_ON = "the same command goes on where it was.";
  private static final String RESTORE =
      "Restore the database, or name another one with --state: layers are read again, and earlier"
          + " runs are forgotten.";

  /** A statement, a lock, a transaction that takes longer than the settings of the user allow. */
  private static final Set<String> ENDED_BY_SETTINGS = Set.of("57014", "55P03", "25P03");

  /** What PostgreSQL calls corrupted: its data, an index. The others of their class are defects. */
  private static final Set<String> DAMAGED = Set.of("XX001", "XX002");

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
    Set<Throwable> all = causes(failure);
    return all.stream()
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .map(sql -> what(state, sql, all, failure))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> damagedContent(state, all, failure));
  }

  /**
   * Why a state could not be opened. What an embedded database does not understand of itself then,
   * it has not written.
   */
  public static TareException opening(StateLocation state, Throwable failure) {
    Set<Throwable> all = causes(failure);
    return of(state, failure)
        .or(() ->
            all.stream()
                .filter(each -> state.isEmbedded() && each instanceof SQLException)
                .map(SQLException.class::cast)
                .filter(StateFailure::isAboutDefinitions)
                .findFirst()
                .flatMap(sql -> damaged(state, firstLine(sql), failure)))
        .orElseGet(() ->
            new TareException(
                FailureKind.ENVIRONMENT,
                "open state "
                    + state
                    + ": "
                    + Objects.requireNonNullElse(failure.getCause(), failure).getMessage(),
                "Check --state: a directory, or a JDBC URL whose database can be reached.",
                failure));
  }

  /** About statements and their values: of the ones that it keeps itself. */
  private static boolean isAboutDefinitions(SQLException sql) {
    String code = String.valueOf(sql.getSQLState());
    return code.startsWith("21") || code.startsWith("22") || code.startsWith("42");
  }

  private static Optional<TareException> damagedContent(
      StateLocation state, Set<Throwable> all, Throwable failure) {
    return all.stream()
        .filter(DamagedContent.class::isInstance)
        .findFirst()
        .flatMap(content -> damaged(state, String.valueOf(content.getMessage()), failure));
  }

  private static Optional<TareException> damaged(
      StateLocation state, String why, Throwable failure) {
    return state.isEmbedded()
        ? failed(state, "its file is damaged (" + why + ")", StateFile.DAMAGED_HINT, failure)
        : failed(state, "the database is damaged (" + why + ")", RESTORE, failure);
  }

  /** The failure and what caused it, the outermost first: what is told is the same each time. */
  private static Set<Throwable> causes(Throwable failure) {
    Set<Throwable> all = new LinkedHashSet<>();
    collect(failure, all);
    return all;
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
          damaged(state, firstLine(sql), failure);
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
    if (code.equals("25006")) {
      return failed(state, firstLine(sql), "Name the primary, not a replica.", failure);
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
      case "58" ->
          failed(state, firstLine(sql), "Check the disk of the database; " + GOES_ON, failure);
      case "XX" ->
          DAMAGED.contains(code) ? damaged(state, firstLine(sql), failure) : Optional.empty();
      case "40" ->
          failed(
              state,
              "somebody else changes the same (" + firstLine(sql) + ")",
              "Try again; " + GOES_ON,
              failure);
      default ->
          ENDED_BY_SETTINGS.contains(code)
              ? failed(
                  state,
                  "the database waits no longer (" + firstLine(sql) + ")",
                  "Give its user longer timeouts; " + GOES_ON,
                  failure)
              : Optional.empty();
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

  /** Without the statement, which H2 appends. */
  private static String firstLine(SQLException sql) {
    String message =
        sql instanceof JdbcException embedded ? embedded.getOriginalMessage() : sql.getMessage();
    return String.valueOf(message).lines().findFirst().orElse("no reason given");
  }
}
