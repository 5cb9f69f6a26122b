package dev.tare.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something could not be done with a file, in words: the JDK's messages are often its name. */
public final class FileReason {
  private FileReason() {}

  /** The cause, to stand behind what was tried and the file's name. */
  public static String of(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException exists -> "it is a file, not a directory";
      case NotDirectoryException file -> "it is a file, not a directory";
      case NoSuchFileException missing -> "no such file or directory";
      case FileSystemException system when system.getReason() != null -> system.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
