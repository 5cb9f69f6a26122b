package dev.tare.inspect;

/** Where a package may put programs: lists of its files are kept for these only. */
final class ProgramDirectories {
  private ProgramDirectories() {}

  /** Whether this path of a package's list may be that of a program. */
  static boolean mayHold(String path) {
    return path.startsWith("bin/")
        || path.startsWith("sbin/")
        || path.contains("/bin/")
        || path.contains("/sbin/")
        || path.contains("/libexec/")
        || path.contains("/games/")
        || path.contains("/git-core/");
  }
}
