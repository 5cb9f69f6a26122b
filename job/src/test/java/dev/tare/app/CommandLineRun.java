package dev.tare.app;

import dev.tare.cli.TareCli;
import dev.tare.cli.Terminal;
import dev.tare.stop.StopSignal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * One command line, run in this process as the main class runs it. No scan asks anybody for feeds,
 * unless its environment or its words say so.
 */
record CommandLineRun(int status, String out, String err) {
  /** What keeps scans from asking for feeds. */
  static final Map<String, String> OFFLINE = Map.of("TARE_VULNERABILITIES", "never");

  static CommandLineRun of(String... arguments) {
    return of(Map.of(), arguments);
  }

  static CommandLineRun of(Map<String, String> environment, String... arguments) {
    return of(Clock.systemUTC(), environment, arguments);
  }

  static CommandLineRun of(Clock clock, Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> variables = new HashMap<>(OFFLINE);
    variables.putAll(environment);
    StopSignal stop = new StopSignal();
    int status =
        new TareCli(
                new Terminal(out, err, variables),
                new SpringJobs(Version.current(), clock, stop),
                () -> {},
                stop,
                Version.current())
            .run(arguments);
    return new CommandLineRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
