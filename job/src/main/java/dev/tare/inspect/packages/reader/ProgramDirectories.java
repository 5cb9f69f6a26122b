package dev.tare.inspect.packages.reader;

/** Where a package may put programs: lists of its files are kept for these only. */
public final class ProgramDirectories {
  private ProgramDirectories() {}

  /** Whether this path of a package's list may be that of a program. */
  public static boolean mayHold(String path) {
    return path.startsWith("bin/")
        || path.startsWith("sbin/")
        || path.startsWith("opt/")
        || path.startsWith("/opt/")
        || path.contains("/exe/")
        || path.contains("/bin/")
        || path.contains("/sbin/")
        || path.contains("/libexec/")
        || path.contains("/games/")
        || path.contains("/git-core/");
  }

  /**
   * Whether a package may own this path (without leading slash) although no list that was kept
   * names it.
   */
  public static boolean isUnlisted(String path) {
    return !mayHold(path)
        && !path.startsWith("usr/local/")
        && (path.startsWith("usr/")
            || path.startsWith("lib")
            || path.startsWith("etc/")
            || path.startsWith("var/"));
  }
}
