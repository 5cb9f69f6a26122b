package dev.tare.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real main class in a process of its own, whose output goes to files. */
record TareProcess(Process process, Path out, Path err) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  /**
   * Starts one.
   *
   * @param directory to work in
   * @param name of the files of its output
   */
  static TareProcess start(
      Path directory, String name, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tare.app.Tare"));
    command.addAll(arguments);
    Path out = directory.resolve(name + ".out");
    Path err = directory.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(CommandLineRun.OFFLINE);
    builder.environment().putAll(environment);
    return new TareProcess(builder.start(), out, err);
  }

  /**
   * Sends a signal, and fails where the process has not ended five seconds later.
   *
   * @param signals what {@code kill -} calls them: {@code TERM}; one after the other
   */
  CommandLineRun stop(String... signals) throws IOException, InterruptedException {
    for (String signal : signals) {
      // Every shell has it built in; not every system has it as a program.
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start().waitFor();
    }
    if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running " + LONGEST_STOP + " after " + signals[0]);
    }
    return end();
  }

  /** Waits for its end. */
  CommandLineRun end() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("still running after " + PATIENCE);
    }
    return new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
