package dev.tare.cli;

import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The job end to end, offline. */
@Command(
    name = "demo",
    header = "Scan sample images in a registry of its own: the job end to end, offline.",
    description = {
      "Starts a registry on a loopback port, pushes a small estate of sample images into it, scans it,",
      "writes reports and tickets, and stops the registry. Nothing is remembered unless --state names a place."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  tare demo", "  tare demo -o /tmp/demo && xdg-open /tmp/demo/index.html"})
final class DemoCommand implements Callable<ExitStatus> {
  /** One port, so that a second demo finds the names, and so the tickets, of the first one. */
  private static final int PORT = 45045;

  private final Context context;

  @Mixin private JudgeOptions judging = new JudgeOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private JobOptions job = new JobOptions();

  @Option(names = "--no-progress", description = "Show no progress.")
  private boolean noProgress;

  DemoCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    if (job.state.state != null) {
      return scan();
    }
    Path temporary = null;
    try {
      temporary = Files.createTempDirectory("tare-demo");
      job.state.state = temporary.toString();
      return scan();
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT, "make a temporary directory: " + e.getMessage(), null, e);
    } finally {
      delete(temporary);
    }
  }

  private ExitStatus scan() {
    PrintWriter err = context.terminal().err();
    try (LoopbackRegistry registry = LoopbackRegistry.inMemoryAt(PORT)) {
      push(registry);
      if (!context.options().quiet) {
        err.println(
            "A registry with sample images listens on " + registry.host() + "; scanning it:");
        err.println("  tare scan " + registry.host());
        err.println();
      }
      new ScanCommand(context, registry.host(), judging, output, job, noProgress).call();
      return ExitStatus.OK;
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT, "start the demo's registry: " + e.getMessage(), null, e);
    }
  }

  private void push(LoopbackRegistry registry) throws IOException {
    StopSignal.Registration interrupting =
        context.stop().onRaise(Thread.currentThread()::interrupt);
    try {
      SampleImages.of(registry.host(), InstantSource.system()).push();
    } finally {
      interrupting.close();
    }
  }

  private static void delete(@org.jspecify.annotations.Nullable Path directory) {
    if (directory == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT, "remove " + directory + ": " + e.getMessage(), null, e);
    }
  }
}
