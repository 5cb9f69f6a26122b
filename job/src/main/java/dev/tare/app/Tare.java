package dev.tare.app;

import dev.tare.cli.TareCli;
import dev.tare.cli.Terminal;
import dev.tare.stop.StopSignal;
import java.time.Clock;

/** The main class: parses first, starts Spring only for commands that need the state. */
public final class Tare {
  private Tare() {}

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    StopSignal stop = new StopSignal();
    ProcessEnd end = ProcessEnd.bySignal(stop);
    String version = Version.current();
    int status =
        new TareCli(
                Terminal.ofProcess(),
                new SpringJobs(version, Clock.systemUTC(), stop),
                Logging::everything,
                stop,
                version)
            .run(arguments);
    end.commandEnded(status);
    System.exit(status);
  }
}
