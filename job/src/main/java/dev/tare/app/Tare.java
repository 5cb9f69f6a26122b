package dev.tare.app;

import dev.tare.cli.TareCli;
import dev.tare.cli.Terminal;

/** The main class: parses first, starts Spring only for commands that need the state. */
public final class Tare {
  private Tare() {}

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    Logging.configure(arguments);
    String version = Version.current();
    System.exit(
        new TareCli(Terminal.ofProcess(), new SpringSessions(version), version).run(arguments));
  }
}
